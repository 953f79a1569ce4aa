@NullMarked
package org.imageferry.console;

import org.jspecify.annotations.NullMarked;
