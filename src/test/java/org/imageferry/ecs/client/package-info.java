@NullMarked
package org.imageferry.ecs.client;

import org.jspecify.annotations.NullMarked;
