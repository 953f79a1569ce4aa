package org.imageferry.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imageferry.settings.StartException;
import org.imageferry.settings.TlsSettings;

/// A certificate with its chain, and the private key that fits it, as files hold them (RFC 7468).
///
/// @param text of both files, which tells whether they changed
record PemPair(List<X509Certificate> chain, PrivateKey key, String text) {
    private static final int MOST_FILE_BYTES = 1 << 20;
    private static final char[] NO_PASSWORD = new char[0];
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END");

    /// A message that two that belong together agree about.
    private static final byte[] PROBE = "imageferry".getBytes(StandardCharsets.US_ASCII);

    PemPair {
        chain = List.copyOf(chain);
    }

    /// @throws StartException if a file can't be read, is none of these, or they do not fit
    static PemPair read(TlsSettings files) throws StartException {
        String certificate = text(files.certificate());
        String secret = text(files.key());
        List<X509Certificate> chain = chain(files.certificate(), certificate);
        PrivateKey key = key(files.key(), secret, chain.getFirst().getPublicKey());
        return new PemPair(chain, key, certificate + secret);
    }

    /// What both files hold now, to see whether it is something else.
    static String text(TlsSettings files) throws StartException {
        return text(files.certificate()) + text(files.key());
    }

    private static String text(Path file) throws StartException {
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new StartException(file + " is longer than 1 MiB: that is no PEM file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StartException("there is no file " + file + ", which 'tls' names", e);
        } catch (IOException e) {
            throw new StartException("can't read " + file + ", which 'tls' names: " + e, e);
        }
    }

    private static List<X509Certificate> chain(Path file, String text) throws StartException {
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            text.getBytes(StandardCharsets.ISO_8859_1)));
            List<X509Certificate> chain = found.stream().map(X509Certificate.class::cast).toList();
            if (chain.isEmpty()) {
                throw new StartException(file + " holds no certificate in PEM");
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new StartException(file + " holds no certificate in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, String text, PublicKey fitting) throws StartException {
        Matcher matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new StartException(file + " holds no private key in PEM");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new StartException(
                    "the private key in %s is %s: make it plain PKCS #8 with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'"
                            .formatted(
                                    file,
                                    matcher.group(1).startsWith("ENCRYPTED")
                                            ? "encrypted"
                                            : "in an older form"));
        }
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
        try {
            PrivateKey key =
                    KeyFactory.getInstance(fitting.getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(bytes));
            if (fit(key, fitting)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new StartException(
                    "the private key in "
                            + file
                            + " is not that of the certificate: "
                            + e.getMessage(),
                    e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        throw new StartException("the private key in " + file + " is not that of the certificate");
    }

    private static boolean fit(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        String algorithm =
                switch (other.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case String it -> it; // as Ed25519 is called
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /// As TLS wants it, in memory only.
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory takes any key", e);
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "PemPair[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
