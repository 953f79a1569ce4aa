/// What stands in for keys in tests.
@NullMarked
package org.imageferry.kms;

import org.jspecify.annotations.NullMarked;
