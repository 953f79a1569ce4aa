@NullMarked
package org.imageferry.format;

import org.jspecify.annotations.NullMarked;
