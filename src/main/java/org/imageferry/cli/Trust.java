package org.imageferry.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom a client believes that a server is who it says.
final class Trust {
    private static final char[] NO_PASSWORD = new char[0];

    private Trust() {}

    /// Believes the certificates in a PEM file, and those that they signed, and no others.
    static SSLContext in(Path file) throws CommandFailure {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            int count = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Files.readAllBytes(file)))) {
                trusted.setCertificateEntry("ca-" + count++, each);
            }
            if (count == 0) {
                throw new CommandFailure(file + " holds no certificate in PEM");
            }
            TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + file + ", which --ca names", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure(
                    "can't take certificates from " + file + ": " + e.getMessage(), e);
        }
    }
}
