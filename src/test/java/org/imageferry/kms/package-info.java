/// What keys must promise, as tests, and what stands in for keys in others.
@NullMarked
package org.imageferry.kms;

import org.jspecify.annotations.NullMarked;
