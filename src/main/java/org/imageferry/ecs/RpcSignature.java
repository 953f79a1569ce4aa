package org.imageferry.ecs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.imageferry.access.Secret;

/// The older family, HMAC-SHA1 over the parameters of query and form together.
///
/// Headers are not covered by it, so nothing of what a request means may come from them. Source: ECS
/// API 2014-05-26, "Request signatures", SignatureVersion 1.0.
public record RpcSignature(
        String accessKeyId,
        String time,
        String nonce,
        String securityToken,
        String stringToSign,
        String signature)
        implements Signed {
    private static final String SIGNATURE = "Signature";

    /// @param all of query and form
    /// @throws EcsException if something of it is missing or not of this family
    static RpcSignature of(Head head, Parameters all) {
        String accessKeyId = require(all, "AccessKeyId");
        String signature = require(all, SIGNATURE);
        if (!require(all, "SignatureMethod").equals("HMAC-SHA1")) {
            throw new EcsException(GatewayErrors.SIGNATURE_METHOD);
        }
        if (!require(all, "SignatureVersion").equals("1.0")) {
            throw new EcsException(
                    GatewayErrors.incompleteSignature("SignatureVersion must be 1.0."));
        }
        if (all.find("SignatureType").isPresent()) { // the Go client sends it empty
            throw new EcsException(
                    GatewayErrors.SIGNATURE_METHOD.advising(
                            "SignatureType must be empty: only access keys are known here."));
        }
        String text = head.method() + "&%2F&" + PercentCode.encode(all.canonical(SIGNATURE));
        return new RpcSignature(
                accessKeyId,
                require(all, "Timestamp"),
                require(all, "SignatureNonce"),
                all.text("SecurityToken"),
                text,
                signature);
    }

    private static String require(Parameters all, String name) {
        return all.find(name)
                .orElseThrow(() -> new EcsException(GatewayErrors.missingCommon(name)));
    }

    @Override
    public boolean signedBy(Secret secret) {
        byte[] expected = Signed.hmac("HmacSHA1", secret.value() + "&", stringToSign);
        return MessageDigest.isEqual(
                Base64.getEncoder().encode(expected), signature.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RpcSignature[" + accessKeyId + "]";
    }
}
