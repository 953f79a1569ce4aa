/// Region stores and buckets in folders of this machine.
///
/// All that is known about files is here: what makes them durable, where their holes are, what a
/// vanished disk looks like. Never what the bytes mean.
@NullMarked
package org.imageferry.store.file;

import org.jspecify.annotations.NullMarked;
