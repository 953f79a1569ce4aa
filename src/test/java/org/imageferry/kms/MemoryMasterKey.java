package org.imageferry.kms;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// A master key that hides nothing, but is as strict as a real one about what it unwraps, and in which
/// context.
public final class MemoryMasterKey implements MasterKey {
    private final String mark;

    public MemoryMasterKey() {
        this(UUID.randomUUID().toString());
    }

    private MemoryMasterKey(String mark) {
        this.mark = mark;
    }

    @Override
    public String wrap(String secret, String context) {
        String text = mark + "\n" + context + "\n" + secret;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public MasterKey derived(String purpose) {
        return new MemoryMasterKey(mark + " " + purpose);
    }

    @Override
    public String unwrap(String wrapped, String context) {
        String text = new String(Base64.getDecoder().decode(wrapped), StandardCharsets.UTF_8);
        String[] parts = text.split("\n", 3);
        if (parts.length < 3 || !parts[0].equals(mark) || !parts[1].equals(context)) {
            throw new IllegalArgumentException(context + " was not wrapped by this master key");
        }
        return parts[2];
    }
}
