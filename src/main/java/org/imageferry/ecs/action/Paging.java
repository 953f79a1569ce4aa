package org.imageferry.ecs.action;

import java.util.List;
import org.imageferry.ecs.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Which stretch of a list is asked for. Source: ECS API 2014-05-26, PageNumber and PageSize.
record Paging(int number, int size) {
    private static final int MOST_PAGES = 10_000_000;

    static Paging of(Parameters parameters) {
        return of(parameters, 10);
    }

    /// @param otherwise the size if none is given
    static Paging of(Parameters parameters, int otherwise) {
        return new Paging(
                (int) parameters.number("PageNumber", 1, MOST_PAGES, 1),
                (int) parameters.number("PageSize", 1, 100, otherwise));
    }

    int offset() {
        return (number - 1) * size;
    }

    /// The stretch of a list that is there as a whole.
    <T> List<T> of(List<T> all) {
        int from = Math.min(offset(), all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    void write(ObjectNode tree, int total) {
        tree.put("TotalCount", total);
        tree.put("PageNumber", number);
        tree.put("PageSize", size);
    }
}
