@NullMarked
package org.imageferry.ecs.bucket;

import org.jspecify.annotations.NullMarked;
