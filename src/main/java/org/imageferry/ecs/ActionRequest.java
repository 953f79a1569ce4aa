package org.imageferry.ecs;

import org.imageferry.copy.Caller;

/// What an action is asked, by whom.
///
/// @param host that was called, with its port
public record ActionRequest(Caller caller, Parameters parameters, String host) {}
