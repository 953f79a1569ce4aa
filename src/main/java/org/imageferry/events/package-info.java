/// Who hears of the ends of tasks: clients that ask for them, and webhooks that are told.
///
/// It knows events and what they look like outside, and not how tasks come to their ends: that is the
/// engine's, and the catalog makes one event of each.
@NullMarked
package org.imageferry.events;

import org.jspecify.annotations.NullMarked;
