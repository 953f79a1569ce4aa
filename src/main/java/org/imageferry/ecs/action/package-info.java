/// The actions, one small class each: what they are asked, which part of the engine does it, and the
/// tree of their answer.
///
/// They know parameters and trees, never HTTP, signatures, XML or JSON. `EcsActions` lists them all.
@NullMarked
package org.imageferry.ecs.action;

import org.jspecify.annotations.NullMarked;
