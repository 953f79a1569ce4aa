package org.imageferry.records;

import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.domain.RefusedException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A record as a store has it. It is believed nothing that could not be so: it is of bounded length, and
/// what it tells is checked when it is read as an account, an image and so on.
///
/// @param deleted whether it tells that its subject is gone; then it tells nothing else
public record StoredRecord(
        TellsOf kind, String id, long revision, boolean deleted, Content content) {
    /// The longest image that the configuration allows has 32,768 parts, 130 bytes each.
    public static final int MOST_BYTES = 16 << 20;

    private static final int MOST_TOKENS = 1_000_000;
    private static final int MOST_DEPTH = 10;
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxDocumentLength(MOST_BYTES)
                                                    .maxTokenCount(MOST_TOKENS)
                                                    .maxNestingDepth(MOST_DEPTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// What it tells, to be read as what it is about.
    public static final class Content {
        private final Fields fields;

        Content(Fields fields) {
            this.fields = fields;
        }

        Fields fields() {
            return fields;
        }
    }

    /// @param bytes at most [#MOST_BYTES]
    /// @throws DamagedRecordException if it is no record, or one that this program does not know
    public static StoredRecord parse(byte[] bytes) throws DamagedRecordException {
        return checked(() -> {
            Fields fields = new Fields(tree(bytes));
            String kind = fields.text("kind");
            Optional<TellsOf> known = TellsOf.of(kind);
            Fields.require(known.isPresent(), "kind", "unknown: " + kind);
            String id = fields.text("id");
            known.orElseThrow().checkId(id);
            long revision = fields.number("revision");
            Fields.require(revision > 0 && revision < Long.MAX_VALUE, "revision", "none");
            return new StoredRecord(
                    known.orElseThrow(),
                    id,
                    revision,
                    fields.flag("deleted", false),
                    new Content(fields));
        });
    }

    private static JsonNode tree(byte[] bytes) {
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!tree.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        return tree;
    }

    /// Reads what it tells.
    ///
    /// @throws DamagedRecordException if that can't be so
    public <T> T as(Function<StoredRecord, T> reader) throws DamagedRecordException {
        return checked(() -> reader.apply(this));
    }

    private static <T> T checked(java.util.function.Supplier<T> reading)
            throws DamagedRecordException {
        try {
            return reading.get();
        } catch (RefusedException e) {
            throw new DamagedRecordException("it tells what can't be: " + e.refusal(), e);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new DamagedRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    Fields fields() {
        return content.fields();
    }
}
