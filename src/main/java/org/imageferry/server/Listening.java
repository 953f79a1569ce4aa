package org.imageferry.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.imageferry.settings.StartException;

/// Where a server may listen, and how.
final class Listening {
    private static final int MOST_PORT = 65_535;

    private Listening() {}

    /// @param text `HOST:PORT`; an IPv6 host stands in brackets
    static InetSocketAddress address(String text) throws StartException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|]$", "");
        String port = text.substring(colon + 1);
        boolean good = !host.isEmpty() && port.matches("[0-9]{1,5}");
        if (!good || Integer.parseInt(port) > MOST_PORT) {
            throw new StartException(
                    "can't listen on \"" + text + "\": give HOST:PORT, such as 127.0.0.1:8440");
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    /// Signatures keep requests from being changed, but what is sent can be read by all on the way: a new key's
    /// secret, and disk images. So plain HTTP leaves the machine only if somebody said so.
    ///
    /// @param plainHttp whether somebody did
    /// @throws StartException if nobody did
    static void check(InetSocketAddress listen, boolean tls, boolean plainHttp)
            throws StartException {
        if (!tls && !plainHttp && !isLoopback(listen.getHostString())) {
            throw new StartException(
                    """
                    no plain HTTP on %s:%d, where others could read secrets and images on their way: have 'tls' in the \
                    settings name a certificate, or, behind a proxy that speaks TLS or in a network that you trust, say \
                    --plain-http\
                    """
                            .formatted(listen.getHostString(), listen.getPort()));
        }
    }

    /// A name that has no address can't be listened on either, and is said then.
    private static boolean isLoopback(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException _) {
            return true;
        }
    }
}
