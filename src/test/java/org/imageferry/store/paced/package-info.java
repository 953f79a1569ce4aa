/// Tests how fast stores may go.
@NullMarked
package org.imageferry.store.paced;

import org.jspecify.annotations.NullMarked;
