/// Tests of the scripts at the repository's root.
@NullMarked
package org.imageferry.launcher;

import org.jspecify.annotations.NullMarked;
