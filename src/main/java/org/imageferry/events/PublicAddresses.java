package org.imageferry.events;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses are anybody's: those of the Internet. A webhook's address is its account's wish, and
/// must not make us talk to what only we can reach.
///
/// Sources: IANA, "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry" (RFC
/// 6890); of IPv6 only 2000::/3 is given out at all. One address that is public by its number is the
/// metadata service of a cloud: Microsoft Learn, "What is IP address 168.63.129.16?".
final class PublicAddresses {
    private record Net(InetAddress start, int bits) {
        static Net of(String text) {
            String[] both = text.split("/", 2);
            return new Net(InetAddress.ofLiteral(both[0]), Integer.parseInt(both[1]));
        }

        boolean holds(byte[] address) {
            byte[] first = start.getAddress();
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Net> NOT_PUBLIC =
            List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "168.63.129.16/32",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/3",
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "3fff::/20")
                    .stream()
                    .map(Net::of)
                    .toList();
    private static final Net GIVEN_OUT = Net.of("2000::/3");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean known = address instanceof Inet4Address || GIVEN_OUT.holds(bytes);
        return known && NOT_PUBLIC.stream().noneMatch(net -> net.holds(bytes));
    }
}
