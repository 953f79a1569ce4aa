/// Tests of the engine, foremost its simulation: whole worlds of regions, nodes, clients and accidents,
/// made from a seed and looked at after every step. [org.imageferry.copy.World] is the way in.
@NullMarked
package org.imageferry.copy;

import org.jspecify.annotations.NullMarked;
