@NullMarked
package org.imageferry.events;

import org.jspecify.annotations.NullMarked;
