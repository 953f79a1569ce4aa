/// Speaks the ECS wire protocol from the caller's side: builds, signs and sends calls, reads answers.
///
/// It knows nothing of how a server works inside, and nothing of who uses it: no terminal, no files.
@NullMarked
package org.imageferry.ecs.client;

import org.jspecify.annotations.NullMarked;
