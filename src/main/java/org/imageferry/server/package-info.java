/// Puts the parts together and runs them: settings, the data folder, threads, clock and chance.
///
/// The only place that knows which adapter stands behind a port. It decides nothing about images.
@NullMarked
package org.imageferry.server;

import org.jspecify.annotations.NullMarked;
