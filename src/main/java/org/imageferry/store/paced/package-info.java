/// How fast bytes may go to and from a region's store, whatever it is made of.
@NullMarked
package org.imageferry.store.paced;

import org.jspecify.annotations.NullMarked;
