package org.imageferry.catalog.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a database is, as `postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full` says it, and the
/// password, which no text ever shows. Source of the form: PostgreSQL's manual, "Connection URIs".
///
/// @param hosts one, or several of which that is taken which can be written
/// @param parameters of [#PARAMETERS]
public record PostgresAddress(
        List<Host> hosts,
        String database,
        String user,
        Map<String, String> parameters,
        Optional<String> password) {
    public static final List<String> PARAMETERS =
            List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    /// What it must look like, for messages.
    public static final String FORM =
            "postgresql://USER@HOST:PORT/DATABASE, with several HOST:PORT parted by commas if there are"
                    + " any, and with ?NAME=VALUE of "
                    + String.join(", ", PARAMETERS);

    public static final String SCHEME = "postgresql://";

    private static final int USUAL_PORT = 5432;
    private static final int MOST_PORT = 65_535;
    private static final Pattern WHOLE =
            Pattern.compile("postgresql://([^@/?:]+)@([^@/?]+)/([^@/?]+)(?:\\?([^?]*))?");
    private static final Pattern PASSWORD = Pattern.compile("postgresql://[^@/?:]*:.*@.*");
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    public PostgresAddress {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /// Whether there is a password in it, which it must not have: addresses are printed and passed on.
    public static boolean hasPassword(String text) {
        return PASSWORD.matcher(text).matches() || text.contains("password=");
    }

    /// @return nothing if the text does not look like [#FORM]
    public static Optional<PostgresAddress> parse(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return Optional.empty();
        }
        List<Host> hosts = new ArrayList<>();
        for (String each : whole.group(2).split(",", -1)) {
            host(each).ifPresent(hosts::add);
        }
        Map<String, String> parameters = new TreeMap<>();
        String query = Optional.ofNullable(whole.group(4)).orElse("");
        for (String each : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = each.indexOf('=');
            parameters.put(
                    equals < 0 ? each : each.substring(0, equals),
                    equals < 0 ? "" : decoded(each.substring(equals + 1)));
        }
        boolean good =
                hosts.size() == whole.group(2).split(",", -1).length
                        && PARAMETERS.containsAll(parameters.keySet());
        return good
                ? Optional.of(
                        new PostgresAddress(
                                hosts,
                                decoded(whole.group(3)),
                                decoded(whole.group(1)),
                                parameters,
                                Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Host> host(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            return Optional.empty();
        }
        int port = host.group(2) == null ? USUAL_PORT : Integer.parseInt(host.group(2));
        return Optional.of(new Host(host.group(1), port)).filter(it -> it.port() <= MOST_PORT);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public PostgresAddress with(String itsPassword) {
        return new PostgresAddress(hosts, database, user, parameters, Optional.of(itsPassword));
    }

    /// Without the password.
    @Override
    public String toString() {
        return SCHEME
                + user
                + "@"
                + String.join(",", hosts.stream().map(Host::toString).toList())
                + "/"
                + database;
    }
}
