package org.imageferry.catalog.jdbc;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// What a failure of PostgreSQL means for the transaction that met it. Source of the codes: PostgreSQL's
/// manual, "PostgreSQL Error Codes".
enum PostgresFailure {
    /// Another transaction was in the way.
    CONFLICT,
    /// The connection is gone, and with it the transaction, unless it was just being committed.
    CONNECTION_LOST,
    /// The server did not answer in time. To ask again would take as long.
    SILENCE,
    /// The connection is of no more use: the server only reads now, or the tables were changed.
    CONNECTION_STALE,
    /// A constraint of the tables.
    RULE,
    OTHER;

    private static final String CONNECTIONS = "08";
    private static final String CONSTRAINTS = "23";
    private static final String READ_ONLY = "25006";
    private static final String UNSUPPORTED = "0A000";
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /// The server shuts down or crashed, or ended what was idle for too long.
    private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");

    private static final int MOST_CAUSES = 10;

    static PostgresFailure of(SQLException failure) {
        String state = state(failure);
        if (CONFLICTS.contains(state)) {
            return CONFLICT;
        }
        if (state.startsWith(CONNECTIONS) || ENDED.contains(state)) {
            return trouble(failure) instanceof SocketTimeoutException ? SILENCE : CONNECTION_LOST;
        }
        if (state.equals(READ_ONLY) || isOutdatedPlan(state, failure)) {
            return CONNECTION_STALE;
        }
        return state.startsWith(CONSTRAINTS) ? RULE : OTHER;
    }

    private static boolean isOutdatedPlan(String state, SQLException failure) {
        return state.equals(UNSUPPORTED) && text(failure).contains("cached plan");
    }

    private static String state(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    private static String text(SQLException failure) {
        return String.valueOf(failure.getMessage());
    }

    /// The rest of a sentence that begins with the catalog: what happened, and what to do.
    static String reason(SQLException failure) {
        String state = state(failure);
        return switch (state) {
            case "28P01", "28000" ->
                    "lets nobody in with this user and password (%s): check both, and pg_hba.conf"
                            .formatted(text(failure));
            case "3D000" -> "does not exist (%s): create it".formatted(text(failure));
            case "3F000", "42501" ->
                    "does not let this user do all it must (%s): make it the owner of the database"
                            .formatted(text(failure));
            case READ_ONLY -> "can't be written: the server only reads; name the primary server";
            case "53100" ->
                    "can't grow: the server's disk is full. Free some space, then try again";
            case "53200" ->
                    "failed: the server is out of memory (%s); see the guide for its settings"
                            .formatted(text(failure));
            case "53300" ->
                    "takes no more connections: raise max_connections of the server, or lower"
                            + " catalog-connections of the nodes";
            case "57014", "55P03" -> "was too slow: the server took too long for a statement";
            case LoyalSource.REPLACED ->
                    "was made anew, moved, or given another master key while this node was cut off from"
                            + " it: give the node the master key of the others, and start it again";
            case "XX001", "XX002" ->
                    "is damaged (%s): stop, and restore it from a backup".formatted(text(failure));
            default -> bySort(failure);
        };
    }

    private static String bySort(SQLException failure) {
        if (CONFLICTS.contains(state(failure))) {
            return "is too busy: other changes were in the way each time; try again";
        }
        return of(failure).losesConnection() ? connection(failure) : "failed: " + text(failure);
    }

    /// Whether it is not known what became of a commit that met it.
    boolean losesConnection() {
        return this == CONNECTION_LOST || this == SILENCE;
    }

    /// The deepest trouble of input and output, or else the failure itself.
    private static Throwable trouble(SQLException failure) {
        return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(it -> it instanceof IOException)
                .reduce((_, deeper) -> deeper)
                .orElse(failure);
    }

    private static String connection(SQLException failure) {
        return switch (trouble(failure)) {
            case SSLException it ->
                    "can't be reached safely (%s): check the server's certificate and sslrootcert"
                            .formatted(it.getMessage());
            case UnknownHostException it ->
                    "can't be reached: there is no host %s".formatted(it.getMessage());
            case SocketTimeoutException _ ->
                    "does not answer: check the server and the network between";
            default ->
                    "can't be reached (%s): check that the server runs and accepts connections"
                            .formatted(text(failure));
        };
    }
}
