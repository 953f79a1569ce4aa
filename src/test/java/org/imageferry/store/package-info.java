/// The contracts of the ports of `store`, as tests that every adapter runs; and stores in memory for
/// the tests of others.
@NullMarked
package org.imageferry.store;

import org.jspecify.annotations.NullMarked;
