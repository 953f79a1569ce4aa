package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.TaggedResources;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Tags;

/// The tables `image_tag` and `snapshot_tag`, from the tags' side.
record JdbcTaggedResources(Sql sql) implements TaggedResources {
    private record Found(String id, Instant created) {}

    @Override
    public List<Tagged> list(Query query, Optional<Place> from, int limit) {
        List<Found> found = find(query, from, limit);
        Map<String, Tags> tags =
                TagRows.load(sql, query.type(), found.stream().map(Found::id).toList());
        return found.stream()
                .map(it ->
                        new Tagged(
                                query.type().id(it.id()),
                                it.created(),
                                tags.getOrDefault(it.id(), Tags.NONE)))
                .toList();
    }

    private List<Found> find(Query query, Optional<Place> from, int limit) {
        String column = query.type().text();
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", query.account(), query.region())
                        .in(column, query.ids());
        from.ifPresent(place ->
                filter.and(
                        "created <= ? and (created < ? or %s >= ?)".formatted(column),
                        place.created(),
                        place.created(),
                        place.id()));
        filterTags(filter, query);
        return sql.list(
                "select distinct %1$s, created from %1$s_tag as tag%2$s order by created desc, %1$s limit ?"
                        .formatted(column, filter.where()),
                row -> new Found(row.getString(1), Columns.instant(row, "created")),
                filter.values(limit));
    }

    /// The first tag is looked for in the index; whether the others are there too is looked up.
    private void filterTags(Filter filter, Query query) {
        String column = query.type().text();
        for (int i = 0; i < query.tags().size(); i++) {
            Condition condition = condition(query.tags().get(i));
            if (i == 0) {
                filter.and(condition.text(), condition.values().toArray());
            } else {
                filter.and(
                        "exists (select 1 from %1$s_tag where %1$s = tag.%1$s and %2$s)"
                                .formatted(column, condition.text()),
                        condition.values().toArray());
            }
        }
    }

    private record Condition(String text, List<Object> values) {}

    private Condition condition(Wanted wanted) {
        List<Object> values = new ArrayList<>();
        String key = match("key", wanted.key(), values);
        String value =
                wanted.values().stream()
                        .map(it -> match("value", it, values))
                        .collect(Collectors.joining(" or "));
        return new Condition(value.isEmpty() ? key : key + " and (" + value + ")", values);
    }

    private String match(String column, Match match, List<Object> values) {
        return switch (match) {
            case Match.Exactly(String text) -> {
                values.add(text);
                yield column + " = ?";
            }
            case Match.Like(String wildcards) -> {
                values.add(sql.dialect().pattern(wildcards));
                yield sql.dialect().matches(column);
            }
        };
    }

    @Override
    public Page<Counted> count(Census census, int offset, int limit) {
        List<Object> values = new ArrayList<>();
        String each =
                types(census).stream()
                        .map(type -> each(census, type, values))
                        .collect(Collectors.joining(" union all "));
        long total =
                sql.number(
                        "select count(*) from (select 1 from (%s) as counted group by key, value) as used"
                                .formatted(each),
                        values.toArray());
        values.add(limit);
        values.add(offset);
        List<Counted> page =
                sql.list(
                        """
                        select key, value, sum(images), sum(snapshots) from (%s) as counted
                        group by key, value order by key, value limit ? offset ?
                        """
                                .formatted(each),
                        row ->
                                new Counted(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getInt(3),
                                        row.getInt(4)),
                        values.toArray());
        return new Page<>(page, Math.toIntExact(total));
    }

    private static List<ResourceType> types(Census census) {
        return census.type().map(List::of).orElse(List.of(ResourceType.values()));
    }

    /// The rows of the tags of one type.
    private String each(Census census, ResourceType type, List<Object> values) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", census.account(), census.region());
        census.resource().ifPresent(id -> filter.and(type.text() + " = ?", id));
        if (!census.tags().isEmpty()) {
            List<Condition> any = census.tags().stream().map(this::condition).toList();
            filter.and(
                    any.stream()
                            .map(it -> "(" + it.text() + ")")
                            .collect(Collectors.joining(" or ", "(", ")")),
                    any.stream().flatMap(it -> it.values().stream()).toArray());
        }
        values.addAll(List.of(filter.values()));
        boolean image = type == ResourceType.IMAGE;
        return "select key, value, %d as images, %d as snapshots from %s_tag%s"
                .formatted(image ? 1 : 0, image ? 0 : 1, type.text(), filter.where());
    }
}
