/// Tests of stores and buckets in folders.
@NullMarked
package org.imageferry.store.file;

import org.jspecify.annotations.NullMarked;
