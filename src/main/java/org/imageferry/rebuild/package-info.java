/// Makes a catalog anew from the regions' stores: what their records tell, which objects they hold, and
/// where blocks are. It reads stores and fills an empty catalog; that no server runs meanwhile, and what
/// becomes of the old catalog, is for others to see to.
@NullMarked
package org.imageferry.rebuild;

import org.jspecify.annotations.NullMarked;
