package org.imageferry.ecs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.imageferry.access.Secret;

/// The newer family, ACS3-HMAC-SHA256: method, path, query, headers and the body's hash, signed in the
/// Authorization header. Source: Alibaba Cloud SDK, "V3 request signature".
///
/// The signature covers the hash that the request claims for its body, so it can be checked before
/// the body is read; the body itself is then checked by [#checkBody].
public record Acs3Signature(
        String accessKeyId,
        String time,
        String nonce,
        String securityToken,
        String stringToSign,
        String bodyHash,
        String signature)
        implements Signed {
    private static final String METHOD = "ACS3-HMAC-SHA256";
    private static final String BODY_HASH = "x-acs-content-sha256";

    /// Without these under the signature, another could swap what they say.
    private static final List<String> MUST_BE_SIGNED =
            List.of(
                    "host",
                    "x-acs-action",
                    BODY_HASH,
                    "x-acs-date",
                    "x-acs-signature-nonce",
                    "x-acs-version");

    /// @param query of the request's query alone: a form is covered by the body's hash
    /// @throws EcsException if something of it is missing or not of this family
    public static Acs3Signature of(Head head, Parameters query) {
        String authorization = head.header("authorization");
        if (!authorization.startsWith(METHOD + " ")) {
            throw new EcsException(
                    GatewayErrors.SIGNATURE_METHOD.advising("Of this family only " + METHOD + "."));
        }
        Map<String, String> fields = fields(authorization.substring(METHOD.length()));
        List<String> signed = List.of(field(fields, "SignedHeaders").split(";", -1));
        requireSigned(head, signed);
        return new Acs3Signature(
                field(fields, "Credential"),
                head.header("x-acs-date"),
                head.header("x-acs-signature-nonce"),
                head.header("x-acs-security-token"),
                METHOD + "\n" + Sha256.of(canonical(head, query, signed)),
                head.header(BODY_HASH),
                field(fields, "Signature"));
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : text.split(",", -1)) {
            String[] both = field.strip().split("=", 2);
            fields.put(both[0], both.length == 2 ? both[1] : "");
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new EcsException(
                    GatewayErrors.incompleteSignature(
                            "The Authorization header lacks " + name + "."));
        }
        return value;
    }

    private static void requireSigned(Head head, List<String> signed) {
        Set<String> required = new HashSet<>(MUST_BE_SIGNED);
        if (head.form()) {
            required.add("content-type"); // it decides whether the body's parameters count
        }
        for (String name : required) {
            if (head.header(name).isEmpty() || !signed.contains(name)) {
                throw new EcsException(
                        GatewayErrors.incompleteSignature(
                                "The header " + name + " must be there, and in SignedHeaders."));
            }
        }
    }

    private static String canonical(Head head, Parameters query, List<String> signed) {
        StringBuilder text = new StringBuilder();
        text.append(head.method()).append('\n').append(path(head.path())).append('\n');
        text.append(query.canonical("")).append('\n');
        for (String name : signed) {
            text.append(name).append(':').append(head.header(name.toLowerCase(Locale.ROOT)));
            text.append('\n');
        }
        text.append('\n').append(String.join(";", signed)).append('\n');
        return text.append(head.header(BODY_HASH)).toString();
    }

    private static String path(String path) {
        return PercentCode.encode(PercentCode.decode(path)).replace("%2F", "/");
    }

    @Override
    public boolean signedBy(Secret secret) {
        byte[] expected = Signed.hmac("HmacSHA256", secret.value(), stringToSign);
        return MessageDigest.isEqual(
                HexFormat.of().formatHex(expected).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws EcsException if this body is not the one that was signed
    public void checkBody(Bodies.Body body) {
        if (!body.digest().toString().equals(bodyHash)) {
            throw new EcsException(
                    GatewayErrors.signature(stringToSign)
                            .advising(BODY_HASH + " is not the SHA-256 of the body that arrived."));
        }
    }

    @Override
    public String toString() {
        return "Acs3Signature[" + accessKeyId + "]";
    }
}
