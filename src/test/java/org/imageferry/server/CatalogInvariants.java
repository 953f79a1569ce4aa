package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What must hold in a catalog's file once all tasks have ended, whatever happened before.
final class CatalogInvariants {
    /// Each finds what must not be.
    private static final Map<String, String> NEVER = never();

    private CatalogInvariants() {}

    private static Map<String, String> never() {
        Map<String, String> never = new LinkedHashMap<>();
        never.put(
                "a task that has not ended",
                "select id from task where status in ('Waiting', 'Processing')");
        never.put(
                "an image on its way",
                "select id from image where state in ('Waiting', 'Creating')");
        never.put(
                "a name that two images have",
                """
                select name from image where state <> 'CreateFailed'
                group by account, region, name having count(*) > 1
                """);
        never.put(
                "an image without a whole snapshot for each disk",
                """
                select image.id from image left join disk on disk.image = image.id
                left join snapshot on snapshot.id = disk.snapshot
                where image.state in ('Available', 'Deprecated') and snapshot.digest is null
                """);
        never.put(
                "a disk of an image that failed",
                """
                select image from disk join image on image.id = disk.image
                where image.state = 'CreateFailed'
                """);
        never.put("a snapshot that is not whole", "select id from snapshot where digest is null");
        putOfSharesAndTags(never);
        putCounts(never);
        putSums(never);
        return never;
    }

    private static void putOfSharesAndTags(Map<String, String> never) {
        never.put(
                "a shared image that is deprecated, or shared with its owner",
                """
                select image.id from image_share join image on image.id = image_share.image
                where image.state = 'Deprecated' or image_share.account = image.account
                """);
        never.put(
                "a share or a tag that says something else of its image",
                """
                select image.id from image_share join image on image.id = image_share.image
                where image_share.owner <> image.account or image_share.region <> image.region
                    or image_share.created <> image.created
                union all
                select image.id from image_tag join image on image.id = image_tag.image
                where image_tag.account <> image.account or image_tag.region <> image.region
                    or image_tag.created <> image.created or image_tag.state <> image.state
                """);
    }

    private static void putCounts(Map<String, String> never) {
        never.put(
                "a wrong count of images",
                differences(
                        "select account, region, state, images from image_count where images > 0",
                        """
                        select account, region, state, count(*) from image
                        group by account, region, state
                        """));
        never.put(
                "a wrong count of snapshots",
                differences(
                        "select account, region, snapshots from snapshot_count where snapshots > 0",
                        "select account, region, count(*) from snapshot group by account, region"));
        never.put(
                "a wrong count of tags",
                differences(
                        "select account, region, key, value, state, images from image_tag_count",
                        """
                        select image.account, image.region, key, value, image.state, count(*)
                        from image_tag join image on image.id = image_tag.image
                        group by 1, 2, 3, 4, 5
                        """));
    }

    private static void putSums(Map<String, String> never) {
        never.put(
                "a wrong sum of stored bytes",
                differences(
                        """
                        select scope, sum(bytes) from stored_sum
                        group by scope having sum(bytes) > 0
                        """,
                        """
                        select scope, sum(bytes) from stored_object where loose = 0
                        group by scope having sum(bytes) > 0
                        """));
    }

    /// The rows that only one of two queries has.
    private static String differences(String one, String other) {
        return "select * from (%s except %s) as one union all select * from (%s except %s) as other"
                .formatted(one, other, other, one);
    }

    /// @param url of the catalog, for JDBC. PostgreSQL checks references itself, at all times
    static void check(String url) throws SQLException {
        boolean sqlite = url.startsWith("jdbc:sqlite:");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (sqlite) {
                assertThat(rows(statement, "pragma integrity_check")).containsExactly("ok");
                assertThat(rows(statement, "pragma foreign_key_check")).isEmpty();
            }
            for (Map.Entry<String, String> each : NEVER.entrySet()) {
                assertThat(rows(statement, each.getValue())).as(each.getKey()).isEmpty();
            }
        }
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
