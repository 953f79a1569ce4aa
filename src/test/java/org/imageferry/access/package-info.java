/// Tests of who may do what.
@NullMarked
package org.imageferry.access;

import org.jspecify.annotations.NullMarked;
