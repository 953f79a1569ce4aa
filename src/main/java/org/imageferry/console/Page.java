package org.imageferry.console;

import java.util.List;

/// A page for who is logged in.
interface Page {
    String title();

    /// Its address below [Links#HOME], with its query.
    String path();

    /// Which entry of the menu it belongs to: an address of [Links].
    String menu();

    /// @throws org.imageferry.ecs.EcsException if there is nothing to show at all, such as no such image
    List<Part> parts(Visit visit);
}
