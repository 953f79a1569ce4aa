@NullMarked
package org.imageferry.ecs.action;

import org.jspecify.annotations.NullMarked;
