/// What a region's store and a bucket must promise. Never how, or by whom, it is kept.
@NullMarked
package org.imageferry.store;

import org.jspecify.annotations.NullMarked;
