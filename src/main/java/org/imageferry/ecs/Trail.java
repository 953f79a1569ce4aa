package org.imageferry.ecs;

import java.util.List;
import java.util.Optional;

/// What became known of a call on its way: for those who keep account of calls, and for nothing else. Nothing in
/// it is secret. One thread at a time uses it.
public final class Trail {
    /// What is asked for, once it is known that there is such a thing.
    ///
    /// @param product such as `ecs`
    /// @param changes whether it may change anything
    public record Asked(String product, String action, boolean changes) {}

    private final String requestId;
    private final String address;
    private final String forwardedFor;
    private String accessKeyId = "";
    private Optional<Proved> sender = Optional.empty();
    private Optional<Asked> asked = Optional.empty();
    private List<Touched> touches = List.of();

    /// @param forwardedFor for whom it was sent, as its sender says; may be empty
    public Trail(String requestId, String address, String forwardedFor) {
        this.requestId = requestId;
        this.address = address;
        this.forwardedFor = forwardedFor;
    }

    public static Trail of(String requestId, Head head) {
        return new Trail(requestId, head.address(), head.header("x-forwarded-for"));
    }

    /// Of a call that nobody keeps account of.
    static Trail ofNobody() {
        return new Trail("", "", "");
    }

    /// Somebody says that it sent the call.
    public void claims(String key) {
        accessKeyId = key;
    }

    /// It is proved who sent the call.
    public void proves(Proved proved) {
        claims(proved.principal().accessKey());
        sender = Optional.of(proved);
    }

    public void asks(String product, String action, boolean changes) {
        asked = Optional.of(new Asked(product, action, changes));
    }

    public void touches(List<Touched> touched) {
        touches = List.copyOf(touched);
    }

    public String requestId() {
        return requestId;
    }

    public String address() {
        return address;
    }

    public String forwardedFor() {
        return forwardedFor;
    }

    /// What the sender says, or what is proved; may be empty, and any text.
    public String accessKeyId() {
        return accessKeyId;
    }

    public Optional<Proved> sender() {
        return sender;
    }

    public Optional<Asked> asked() {
        return asked;
    }

    public List<Touched> touches() {
        return touches;
    }
}
