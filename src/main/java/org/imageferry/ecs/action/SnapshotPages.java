package org.imageferry.ecs.action;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Which page of its list DescribeSnapshots shows: one by its number, or the one behind a token.
///
/// A token is the place where its page ended. The wire shows it as a text in which nobody should look
/// for anything.
///
/// @param byToken whether the next page is asked for by a token
record SnapshotPages(
        Paging paging, boolean byToken, Optional<Snapshots.Place> after, int mostResults) {
    static SnapshotPages of(Parameters parameters) {
        Optional<String> token = parameters.find("NextToken");
        return new SnapshotPages(
                Paging.of(parameters),
                token.isPresent() || parameters.find("MaxResults").isPresent(),
                token.map(SnapshotPages::parse),
                (int) parameters.number("MaxResults", 1, 100, 10));
    }

    private static Snapshots.Place parse(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            String[] fields = new String(bytes, StandardCharsets.US_ASCII).split(" ", 2);
            if (fields.length == 2) {
                return new Snapshots.Place(
                        Instant.ofEpochMilli(Long.parseLong(fields[0])), new SnapshotId(fields[1]));
            }
        } catch (IllegalArgumentException | RefusedException _) {
            // falls through to the same answer
        }
        throw new EcsException(
                GatewayErrors.PARAMETER_FORMAT.advising(
                        "NextToken must be what the page before was answered with."));
    }

    private static String token(Snapshot last) {
        String fields = last.created().toEpochMilli() + " " + last.id();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(fields.getBytes(StandardCharsets.US_ASCII));
    }

    /// One more than is shown tells whether there is another page.
    Page<Snapshot> read(Tables tables, Snapshots.Query query) {
        return byToken
                ? tables.snapshots().list(query, after, mostResults + 1)
                : tables.snapshots().list(query, paging.offset(), paging.size());
    }

    /// How many of those that were read are shown.
    int shown() {
        return byToken ? mostResults : paging.size();
    }

    void write(ObjectNode tree, Page<Snapshot> page) {
        paging.write(tree, page.total());
        boolean more = byToken && page.items().size() > mostResults;
        tree.put("NextToken", more ? token(page.items().get(mostResults - 1)) : "");
    }
}
