/// The program itself: it decides between the server and the command line, and knows no more of them.
@NullMarked
package org.imageferry;

import org.jspecify.annotations.NullMarked;
