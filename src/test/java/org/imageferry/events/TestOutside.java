package org.imageferry.events;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/// The world as it is, for tests whose receivers are on this machine.
public final class TestOutside {
    private TestOutside() {}

    /// Webhooks may be anywhere.
    public static Outside anywhere(InstantSource clock) {
        return new Outside(
                true,
                host -> List.of(InetAddress.getAllByName(host)),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                clock);
    }
}
