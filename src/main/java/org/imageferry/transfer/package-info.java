/// Brings regions' objects from one store to another: all that a catalog names, and nothing else. What
/// becomes of the catalog, and who may use which store meanwhile, is for others to see to.
@NullMarked
package org.imageferry.transfer;

import org.jspecify.annotations.NullMarked;
