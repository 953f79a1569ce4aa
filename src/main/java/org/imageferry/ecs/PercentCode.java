package org.imageferry.ecs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding over UTF-8. Clients encode differently on the wire, so what is signed is always
/// what was sent, decoded and encoded again. Source: RFC 3986, 2.1 and 2.3.
public final class PercentCode {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCode() {}

    /// Keeps letters, digits and `-_.~` of ASCII, as signatures of either family want it.
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (unreserved(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static boolean unreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || "-_.~".indexOf(octet) >= 0;
    }

    /// As in a form, where `+` is a space.
    ///
    /// @throws EcsException if that is no percent-encoding, or not of UTF-8
    static String decodeForm(String text) {
        return decode(text.replace('+', ' '));
    }

    /// As in a path, where `+` is a plus.
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                octets.write(encoded[i]);
                continue;
            }
            if (i + 2 >= encoded.length) {
                throw malformed(text);
            }
            octets.write(digit(encoded[i + 1], text) << 4 | digit(encoded[i + 2], text));
            i += 2;
        }
        return utf8(octets.toByteArray(), text);
    }

    private static int digit(byte character, String text) {
        if (!HexFormat.isHexDigit(character)) {
            throw malformed(text);
        }
        return HexFormat.fromHexDigit(character);
    }

    /// Strictly: a replacement character would let two texts have one signature.
    private static String utf8(byte[] octets, String text) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw malformed(text);
        }
    }

    private static EcsException malformed(String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new EcsException(
                GatewayErrors.PARAMETER_FORMAT.advising(
                        "\"" + shown + "\" is no percent-encoded UTF-8."));
    }
}
