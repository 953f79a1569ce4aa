/// Pages for people: what is in the regions, what moves between them, and forms to change it.
///
/// A page asks the same actions as any client, in-process, as the one who is logged in: what the API
/// refuses, no page can do. So it must never know the catalog, the engine or a store.
@NullMarked
package org.imageferry.console;

import org.jspecify.annotations.NullMarked;
