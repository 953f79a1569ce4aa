package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "168.63.129.15",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:81b::200e"
            })
    void anAddressOfTheInternetIsPublic(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200", // Alibaba Cloud's metadata service
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16", // Azure's
                "169.254.169.254", // that of most clouds
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.192", // Oracle Cloud's
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1", // 127.0.0.1 behind NAT64
                "2001::1", // Teredo
                "2002:7f00:1::", // 127.0.0.1 by 6to4
                "fc00::1",
                "fd00:ec2::254", // AWS's metadata service
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatOnlySomeCanReachIsNot(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
    }
}
