/// The engine: what may be asked of it, the queues, and the workers that move bytes.
///
/// A request only writes rows; workers, at their own pace, take small steps. All state is in the
/// catalog and the stores, so a crash at any point loses one part's work and nothing else. No thread,
/// no sleep and no clock is made here: `server` owns them.
@NullMarked
package org.imageferry.copy;

import org.jspecify.annotations.NullMarked;
