package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.imageferry.access.Credential;
import org.imageferry.access.Rights;
import org.imageferry.access.Secret;
import org.junit.jupiter.api.Test;

/// The vectors that the vendor published with the two algorithms.
class SignatureVectorsTest {
    private static final Secret SECRET = new Secret("testsecret");

    /// ECS API 2014-05-26, "Request signatures".
    @Test
    void describeRegionsOfTheSignaturePage() {
        RpcSignature signature =
                rpc(
                        "Action=DescribeRegions&Format=XML"
                                + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
                                + "&Timestamp=2016-02-23T12%3A46%3A24Z",
                        "OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D");

        assertThat(signature.stringToSign())
                .isEqualTo(
                        "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML"
                                + "%26SignatureMethod%3DHMAC-SHA1"
                                + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
                                + "%26SignatureVersion%3D1.0"
                                + "%26Timestamp%3D2016-02-23T12%253A46%253A24Z"
                                + "%26Version%3D2014-05-26");
        assertThat(signature.signedBy(SECRET)).isTrue();
        assertThat(signature.signedBy(new Secret("testsecret2"))).isFalse();
    }

    /// ECS API 2014-05-26, "Request signatures", the sample of 2023.
    @Test
    void describeDedicatedHostsOfTheSignaturePage() {
        RpcSignature signature =
                rpc(
                        "Action=DescribeDedicatedHosts&Format=JSON&RegionId=cn-beijing"
                                + "&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb"
                                + "&Timestamp=2023-03-13T08%3A34%3A30Z",
                        "9NaGiOspFP5UPcwX8Iwt2YJXXuk%3D");

        assertThat(signature.signedBy(SECRET)).isTrue();
    }

    /// Computed from the page's rules apart from this code: a token is a parameter like any other.
    @Test
    void aTokenIsSignedByTheOlderFamilyLikeAnyParameter() {
        String query =
                "AccessKeyId=STS.testid&Action=DescribeRegions&Format=XML"
                        + "&SecurityToken=CAIS%2Btoken%2Fwith%3Dsigns&SignatureMethod=HMAC-SHA1"
                        + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0"
                        + "&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26"
                        + "&Signature=NocKnxxlDfbgW2eOrfooZ6%2FlgvM%3D";
        Head head = new Head("GET", "/", query, Map.of());
        RpcSignature signature = RpcSignature.of(head, Parameters.parse(query));

        assertThat(signature.securityToken()).isEqualTo("CAIS+token/with=signs");
        assertThat(signature.signedBy(SECRET)).isTrue();
        Parameters other = Parameters.parse(query.replace("CAIS", "CAIT"));
        assertThat(RpcSignature.of(head, other).signedBy(SECRET)).isFalse();
    }

    private static RpcSignature rpc(String parameters, String signature) {
        String query =
                parameters
                        + "&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0"
                        + "&Version=2014-05-26&Signature="
                        + signature;
        Head head = new Head("GET", "/", query, Map.of());
        return RpcSignature.of(head, Parameters.parse(query));
    }

    /// Alibaba Cloud, "V3 request signature", fixed example.
    @Test
    void runInstancesOfTheV3SignaturePage() {
        String query =
                "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai";
        String names =
                "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
        Map<String, String> headers =
                Map.of(
                        "host", "ecs.cn-shanghai.aliyuncs.com",
                        "x-acs-action", "RunInstances",
                        "x-acs-version", "2014-05-26",
                        "x-acs-date", "2023-10-26T10:22:32Z",
                        "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                        "x-acs-content-sha256", Sender.sha256(new byte[0]),
                        "authorization",
                                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders="
                                        + names
                                        + ",Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912"
                                        + "eee15083a6f0f3283c0");
        Acs3Signature signature =
                Acs3Signature.of(new Head("POST", "/", query, headers), Parameters.parse(query));

        assertThat(signature.stringToSign())
                .isEqualTo(
                        "ACS3-HMAC-SHA256\n"
                                + "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        assertThat(signature.signedBy(new Secret("YourAccessKeySecret"))).isTrue();
        assertThat(signature.signedBy(new Secret("YourAccessKeySecre"))).isFalse();
    }

    @Test
    void aSecretIsNeverPrinted() {
        assertThat(
                        new Credential(
                                        EdgeScene.principal(
                                                EdgeScene.ACCOUNT, "testid", Rights.UNLIMITED),
                                        SECRET,
                                        Credential.Standing.GOOD)
                                .toString())
                .contains("***")
                .doesNotContain("testsecret");
    }
}
