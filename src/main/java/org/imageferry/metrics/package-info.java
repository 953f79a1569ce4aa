/// Counts and times what happens, and says it in Prometheus' words.
///
/// It watches ports by wrapping them and is told the rest; nothing depends on what it finds. The values of labels
/// are regions, names of our own and no text of a request's, so that nobody can make series without bound. Of
/// accounts it never tells.
@NullMarked
package org.imageferry.metrics;

import org.jspecify.annotations.NullMarked;
