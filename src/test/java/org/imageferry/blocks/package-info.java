/// Holds the format to its page, byte by byte, and its readers to believing nothing.
@NullMarked
package org.imageferry.blocks;

import org.jspecify.annotations.NullMarked;
