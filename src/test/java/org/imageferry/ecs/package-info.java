@NullMarked
package org.imageferry.ecs;

import org.jspecify.annotations.NullMarked;
