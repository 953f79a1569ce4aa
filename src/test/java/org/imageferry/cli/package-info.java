@NullMarked
package org.imageferry.cli;

import org.jspecify.annotations.NullMarked;
