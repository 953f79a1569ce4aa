package org.imageferry.ecs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parameters of a request, decoded, by name. An empty value counts as not given, as at ECS, but
/// is signed like any other.
///
/// Lists are flattened, `Tag.1.Key`, with indexes from 1 that may have gaps; legacy names differ in
/// case (`Tag.1.key`). Source: ECS API 2014-05-26, "Request parameters".
public final class Parameters {
    public static final Parameters NONE = new Parameters(new TreeMap<>());
    private static final Pattern ITEM = Pattern.compile("\\.([1-9][0-9]{0,3})(?:\\.(.+))?");
    private static final int MOST = 1_000;
    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_VALUE_CHARS = 16 << 10;

    private final SortedMap<String, String> all;

    private Parameters(SortedMap<String, String> all) {
        this.all = Collections.unmodifiableSortedMap(all);
    }

    /// Those of a request that was made within this process.
    ///
    /// @throws EcsException if one is too long, or there are too many
    public static Parameters of(Map<String, String> given) {
        SortedMap<String, String> all = new TreeMap<>();
        given.forEach((name, value) -> add(all, name, value));
        return new Parameters(all);
    }

    /// @param text `name=value&…`, percent-encoded as in a query or a form
    /// @throws EcsException if it is malformed, too long, or has one name with two values
    public static Parameters parse(String text) {
        SortedMap<String, String> all = new TreeMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('&', from);
            end = end < 0 ? text.length() : end;
            if (end > from) {
                add(all, text.substring(from, end));
            }
            from = end + 1;
        }
        return new Parameters(all);
    }

    private static void add(SortedMap<String, String> all, String pair) {
        int equals = pair.indexOf('=');
        String name = PercentCode.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : PercentCode.decodeForm(pair.substring(equals + 1));
        add(all, name, value);
    }

    /// One name with two values would let what is checked differ from what is meant.
    private static void add(SortedMap<String, String> all, String name, String value) {
        if (name.length() > MOST_NAME_CHARS || value.length() > MOST_VALUE_CHARS) {
            throw refused(
                    "A parameter is too long: " + name.substring(0, Math.min(40, name.length())));
        }
        String before = all.putIfAbsent(name, value);
        if (before != null && !before.equals(value)) {
            throw refused(name + " was given twice, with different values.");
        }
        if (all.size() > MOST) {
            throw refused("There are more than " + MOST + " parameters.");
        }
    }

    /// These and those: a request may have some in its query and some in its form.
    public Parameters and(Parameters others) {
        SortedMap<String, String> both = new TreeMap<>(all);
        others.all.forEach((name, value) -> add(both, name, value));
        return new Parameters(both);
    }

    /// All of them, the empty ones too, sorted by name.
    public SortedMap<String, String> all() {
        return all;
    }

    /// `name=value&…`, sorted and encoded as signatures want it.
    String canonical(String without) {
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) -> {
            if (!name.equals(without)) {
                text.append(text.isEmpty() ? "" : "&").append(PercentCode.encode(name));
                text.append('=').append(PercentCode.encode(value));
            }
        });
        return text.toString();
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(all.get(name)).filter(value -> !value.isEmpty());
    }

    /// The value, or the empty text.
    public String text(String name) {
        return all.getOrDefault(name, "");
    }

    /// @throws EcsException `MissingParameter`
    public String require(String name) {
        return find(name).orElseThrow(() -> new EcsException(CommonErrors.missing(name)));
    }

    /// `true` or `false`, in any case.
    public Optional<Boolean> flag(String name) {
        return find(name)
                .map(value ->
                        switch (value.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default ->
                                    throw refused(
                                            name
                                                    + " must be true or false, not \""
                                                    + value
                                                    + "\".");
                        });
    }

    public boolean is(String name) {
        return flag(name).orElse(false);
    }

    /// A whole number within the bounds.
    public long number(String name, long least, long most, long otherwise) {
        return find(name).map(value -> number(name, value, least, most)).orElse(otherwise);
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // falls through to the same answer
        }
        throw refused(
                name
                        + " must be a whole number from "
                        + least
                        + " to "
                        + most
                        + ", not \""
                        + value
                        + "\".");
    }

    /// The pieces between commas, without spaces and empty ones.
    public List<String> commas(String name) {
        List<String> pieces = new ArrayList<>();
        for (String piece : text(name).split(",", -1)) {
            if (!piece.isBlank()) {
                pieces.add(piece.strip());
            }
        }
        return pieces;
    }

    /// The items of a flattened list in the order of their indexes: for each its fields, whose names
    /// are found in any case; a list of plain values has the empty field name.
    public SortedMap<Integer, SortedMap<String, String>> list(String name) {
        SortedMap<Integer, SortedMap<String, String>> items = new TreeMap<>();
        all.forEach((key, value) -> {
            if (!key.regionMatches(true, 0, name, 0, name.length())) {
                return;
            }
            Matcher match = ITEM.matcher(key).region(name.length(), key.length());
            if (match.matches()) {
                String field = match.group(2) == null ? "" : match.group(2);
                add(
                        items.computeIfAbsent(Integer.valueOf(match.group(1)), _ -> item()),
                        field,
                        value);
            }
        });
        return items;
    }

    private static SortedMap<String, String> item() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static EcsException refused(String why) {
        return new EcsException(GatewayErrors.PARAMETER_FORMAT.advising(why));
    }

    /// Names only: values may be anybody's secret.
    @Override
    public String toString() {
        return "Parameters" + all.keySet();
    }
}
