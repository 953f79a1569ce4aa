/// What keys must promise.
@NullMarked
package org.imageferry.kms;

import org.jspecify.annotations.NullMarked;
