package org.imageferry.events;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.WebhookUrl;

/// The world in which webhooks are, and how much of it may be reached.
///
/// @param privateAddresses whether webhooks may be at addresses that are not public, and in plain HTTP
public record Outside(
        boolean privateAddresses, Names names, SSLSocketFactory tls, InstantSource clock) {
    /// Finds the addresses of hosts.
    public interface Names {
        /// @return at least one
        List<InetAddress> find(String host) throws UnknownHostException;
    }

    /// What can be told at once; where a name leads is seen with each delivery.
    ///
    /// @throws RefusedException `Address`
    void check(WebhookUrl url) {
        if (!url.secure() && !privateAddresses) {
            throw refused("it must begin with https://; plain HTTP needs the server's setting");
        }
        if (isNumber(url.host()) && !permits(InetAddress.ofLiteral(url.host()))) {
            throw refused("it is no public address; others need the server's setting");
        }
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(
                new Refusal.OfWebhook.Address(reason + " webhooks: private-addresses"));
    }

    private static boolean isNumber(String host) {
        try {
            return InetAddress.ofLiteral(host) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    boolean permits(InetAddress address) {
        return privateAddresses || PublicAddresses.contain(address);
    }
}
