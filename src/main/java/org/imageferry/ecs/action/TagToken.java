package org.imageferry.ecs.action;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.imageferry.catalog.TaggedResources.Place;
import org.imageferry.catalog.TaggedResources.Tagged;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;

/// Where ListTagResources goes on: behind a tag of a resource. The wire shows it as a text in which
/// nobody should look for anything.
///
/// @param key the last that was listed; the tags of a resource are listed by their keys
record TagToken(Place place, String key) {
    private static final int FIELDS = 3;

    static Optional<TagToken> of(Parameters parameters) {
        return parameters.find("NextToken").map(TagToken::parse);
    }

    private static TagToken parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String[] fields = new String(bytes, StandardCharsets.UTF_8).split(" ", FIELDS);
            if (fields.length == FIELDS) {
                Instant created = Instant.ofEpochMilli(Long.parseLong(fields[0]));
                return new TagToken(new Place(created, fields[1]), fields[2]);
            }
        } catch (IllegalArgumentException _) {
            // falls through to the same answer
        }
        throw new EcsException(
                GatewayErrors.PARAMETER_FORMAT.advising(
                        "NextToken must be what the page before was answered with."));
    }

    static TagToken behind(Tagged resource, String key) {
        return new TagToken(new Place(resource.created(), resource.id().value()), key);
    }

    /// Whether this tag was listed before.
    boolean passed(Tagged resource, String tag) {
        return resource.id().value().equals(place.id()) && tag.compareTo(key) <= 0;
    }

    String text() {
        String fields = place.created().toEpochMilli() + " " + place.id() + " " + key;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }
}
