/// The contract of the catalog, which every adapter runs, and scenes to set for other tests.
@NullMarked
package org.imageferry.catalog;

import org.jspecify.annotations.NullMarked;
