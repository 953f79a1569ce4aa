/// Keys without a key service: a master key in a file of its own.
///
/// It knows files and ciphers. What it wraps, and for whom, it never learns.
@NullMarked
package org.imageferry.kms.local;

import org.jspecify.annotations.NullMarked;
