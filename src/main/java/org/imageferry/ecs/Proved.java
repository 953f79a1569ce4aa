package org.imageferry.ecs;

import org.imageferry.access.Principal;
import org.imageferry.copy.Caller;

/// From whom a request comes, as its signature proves.
///
/// @param caller what the engine needs to know of it
public record Proved(Caller caller, Principal principal) {}
