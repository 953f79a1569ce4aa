package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.KeyErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Touched;

/// An action of KMS, in its own words where something is refused. Source: KMS API 2016-01-20, "Error
/// codes", and "Impact of CMK states on API call".
interface KeyAction extends Action {
    @Override
    default Api api() {
        return Api.KMS;
    }

    @Override
    default EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return switch (refusal) {
            case Refusal.UnknownKey it when it.key().startsWith("alias/") ->
                    KeyErrors.NO_SUCH_ALIAS.advising(error.advice());
            case Refusal.UnknownKey _ -> KeyErrors.NO_SUCH_KEY.advising(error.advice());
            case Refusal.Malformed it when !it.what().equals("RegionId") ->
                    KeyErrors.PARAMETER.advising(error.advice());
            case Refusal _ -> error;
        };
    }

    /// The key that the request names, in the region that it names.
    static KeyRequests.Named key(Parameters parameters, RegionMap regions) {
        RegionId region = Asked.region(parameters, regions);
        return new KeyRequests.Named(region, parameters.require("KeyId"));
    }

    static Touched touched(KeyRequests.Named key) {
        String path = key.key().startsWith("alias/") ? key.key() : "key/" + key.key();
        return new Touched(key.region().value(), path);
    }

    static Touched keys(RegionId region) {
        return new Touched(region.value(), "key/*");
    }
}
