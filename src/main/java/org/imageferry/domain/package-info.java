/// The vocabulary of imageferry: images, snapshots, disks, tasks and the rules that hold for them.
///
/// Values and rules only: nothing here reads a file, asks a clock or knows who stores or shows it.
@NullMarked
package org.imageferry.domain;

import org.jspecify.annotations.NullMarked;
