package org.imageferry.ecs.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// The first two are what `com.aliyun:ecs20140526` 5.3.0 sent to a server of ours; the third is the
/// sample of Alibaba Cloud's page "Request signature V3".
final class Acs3SignerTest {
    private static final String LOCAL = "127.0.0.1:18200";
    private static final Acs3Signer TEST = new Acs3Signer(new Credentials("testid", "testsecret"));

    @Test
    void signsCopyImageAsTheVendorsClientDoes() {
        Call call =
                Call.ecs("CopyImage")
                        .with("Tag.1.Key", "k1")
                        .with("Tag.1.Value", "v1")
                        .with("DestinationRegionId", "cn-shanghai")
                        .with("Encrypted", "true")
                        .with("ImageId", "m-bp1")
                        .with("RegionId", "cn-hangzhou")
                        .with("DestinationImageName", "copy *~ 中 name");

        assertThat(
                        TEST.headers(
                                call,
                                LOCAL,
                                "2026-11-22T01:09:36Z",
                                "8a94e1b6da576d7d8afffe1c2911df1d"))
                .containsEntry(
                        "Authorization",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=11ee208ae1d192e0ea409191060521675a6021f7b811781750f7fd3bdff7208c");
    }

    @Test
    void signsCancelCopyImageAsTheVendorsClientDoes() {
        Call call =
                Call.ecs("CancelCopyImage")
                        .with("ImageId", "m-bp1")
                        .with("RegionId", "cn-hangzhou");

        assertThat(
                        signature(
                                TEST.headers(
                                        call,
                                        LOCAL,
                                        "2026-11-22T01:09:37Z",
                                        "312a0b9a0ccad7198f9068b2d1e64646")))
                .isEqualTo("0d56a618851000f4723f4058675445bd70ed2e583c1f944151751b68811e1310");
    }

    @Test
    void signsThePublishedSample() {
        Call call =
                Call.ecs("RunInstances")
                        .with("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")
                        .with("RegionId", "cn-shanghai");
        Acs3Signer signer =
                new Acs3Signer(new Credentials("YourAccessKeyId", "YourAccessKeySecret"));

        assertThat(
                        signature(
                                signer.headers(
                                        call,
                                        "ecs.cn-shanghai.aliyuncs.com",
                                        "2023-10-26T10:22:32Z",
                                        "3156853299f313e23d1673dc12e1703d")))
                .isEqualTo("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void theHostIsSignedButLeftToTheHttpClient() {
        assertThat(TEST.headers(Call.ecs("DescribeRegions"), LOCAL, "now", "n").keySet())
                .containsExactly(
                        "Authorization",
                        "x-acs-action",
                        "x-acs-content-sha256",
                        "x-acs-date",
                        "x-acs-signature-nonce",
                        "x-acs-version");
    }

    @Test
    void theSecretIsNeverShown() {
        assertThat(new Credentials("testid", "testsecret")).hasToString("Credentials[testid, ***]");
    }

    private static String signature(Map<String, String> headers) {
        return headers.getOrDefault("Authorization", "").replaceFirst(".*Signature=", "");
    }
}
