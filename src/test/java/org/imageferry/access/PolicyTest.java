package org.imageferry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final AccountId ACCOUNT = new AccountId("1111111111111111");

    private static String statement(String effect, String action, String resource) {
        return """
        {"Effect":"%s","Action":"%s","Resource":"%s"}\
        """
                .formatted(effect, action, resource);
    }

    private static String document(String... statements) {
        return "{\"Version\":\"1\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static Rights rights(String... documents) {
        return Rights.of(Arrays.stream(documents).map(PolicyDocuments::parse).toList());
    }

    private static Resource image(String region, String id) {
        return new Resource("ecs", region, ACCOUNT, "image/" + id);
    }

    @ParameterizedTest
    @CsvSource({
        "*,*,true",
        "ecs:*,*,true",
        "ecs:CopyImage,*,true",
        "ECS:copyimage,*,true",
        "ecs:C?pyImage,*,true",
        "ecs:Copy*,acs:ecs:*:*:image/*,true",
        "ecs:CopyImage,acs:ecs:cn-hangzhou:1111111111111111:image/m-1,true",
        "ecs:CopyImage,acs:*:*:*:*,true",
        "ecs:CopyImage,acs:ecs:cn-*:*:*/m-?,true",
        "ecs:CopyImages,*,false",
        "ecs:CopyImag,*,false",
        "oss:*,*,false",
        "ecs:CopyImage,acs:ecs:cn-shanghai:*:image/*,false",
        "ecs:CopyImage,acs:ecs:*:2222222222222222:image/*,false",
        "ecs:CopyImage,acs:oss:*:*:image/*,false",
        "ecs:CopyImage,acs:ecs:*:*:snapshot/*,false",
        "ecs:CopyImage,acs:ecs:*:*:image/m-12,false",
        "ecs:CopyImage,acs:ecs:*:*:image/M-1,false"
    })
    void anActionOnAResourceIsAllowedIfBothMatch(String action, String resource, boolean allowed) {
        Rights rights = rights(document(statement("Allow", action, resource)));

        assertThat(rights.allow("ecs:CopyImage", image("cn-hangzhou", "m-1"))).isEqualTo(allowed);
    }

    @Test
    void whatNothingAllowsIsRefused() {
        Resource image = image("cn-hangzhou", "m-1");
        assertThat(rights().allow("ecs:CopyImage", image)).isFalse();
        assertThat(rights(document(statement("Deny", "ecs:X", "*"))).allow("ecs:CopyImage", image))
                .isFalse();
        assertThat(Rights.UNLIMITED.allow("ecs:CopyImage", image)).isTrue();
    }

    @Test
    void aDenialWinsInWhicheverPolicyItStands() {
        String all = document(statement("Allow", "*", "*"));
        String none = document(statement("Deny", "ecs:Delete*", "acs:ecs:*:*:image/m-1"));
        for (Rights rights : List.of(rights(all, none), rights(none, all))) {
            assertThat(rights.allow("ecs:DeleteImage", image("cn-hangzhou", "m-1"))).isFalse();
            assertThat(rights.allow("ecs:DeleteImage", image("cn-hangzhou", "m-2"))).isTrue();
            assertThat(rights.allow("ecs:CopyImage", image("cn-hangzhou", "m-1"))).isTrue();
        }
    }

    /// A snapshot's region is not known before it is read.
    @Test
    void whereTheRegionIsUnknownADenialForOneHoldsAndAPermissionForOneDoesNot() {
        Resource somewhere = new Resource("ecs", "*", ACCOUNT, "snapshot/s-1");
        String inHangzhou = "acs:ecs:cn-hangzhou:*:snapshot/*";
        String all = document(statement("Allow", "*", "*"));
        assertThat(
                        rights(all, document(statement("Deny", "*", inHangzhou)))
                                .allow("ecs:DeleteSnapshot", somewhere))
                .isFalse();
        assertThat(
                        rights(document(statement("Allow", "*", inHangzhou)))
                                .allow("ecs:DeleteSnapshot", somewhere))
                .isFalse();
        assertThat(
                        rights(document(statement("Allow", "*", "acs:ecs:*:*:snapshot/*")))
                                .allow("ecs:DeleteSnapshot", somewhere))
                .isTrue();
    }

    @Test
    void whatIsInNoRegionIsNotDeniedByOne() {
        String all = document(statement("Allow", "*", "*"));
        String notInHangzhou = document(statement("Deny", "*", "acs:*:cn-hangzhou:*:*"));
        Rights rights = rights(all, notInHangzhou);
        assertThat(rights.allow("ecs:DescribeRegions", new Resource("ecs", "*", ACCOUNT, "*")))
                .isTrue();
        assertThat(
                        rights.allow(
                                "imageferry:CreateUser",
                                new Resource("imageferry", "", ACCOUNT, "user/eve")))
                .isTrue();
    }

    /// Whoever may import only as one image may not import any.
    @Test
    void whatMeansAllIsMatchedByAStarOnly() {
        Resource any = image("cn-hangzhou", "*");
        assertThat(
                        rights(document(statement("Allow", "*", "acs:ecs:*:*:image/?")))
                                .allow("a:b", any))
                .isFalse();
        assertThat(
                        rights(document(statement("Allow", "*", "acs:ecs:*:*:image/*")))
                                .allow("a:b", any))
                .isTrue();
    }

    @Test
    void anotherLayerCanOnlyTakeAway() {
        Rights own = rights(document(statement("Allow", "ecs:Describe*", "*")));
        Policy narrow = PolicyDocuments.parse(document(statement("Allow", "ecs:*Images", "*")));
        Resource image = image("cn-hangzhou", "m-1");
        assertThat(own.narrowedBy(narrow).allow("ecs:DescribeImages", image)).isTrue();
        assertThat(own.narrowedBy(narrow).allow("ecs:DescribeSnapshots", image)).isFalse();
        assertThat(own.narrowedBy(narrow).allow("ecs:CopyImages", image)).isFalse();
        assertThat(Rights.UNLIMITED.narrowedBy(narrow).allow("ecs:CopyImage", image)).isFalse();
    }

    @Test
    void listsOfActionsAndResourcesAreTaken() {
        Rights rights =
                rights(
                        """
                        {"Version": "1", "Statement": [{"Effect": "Allow",
                         "Action": ["ecs:CopyImage", "ecs:DeleteImage"],
                         "Resource": ["acs:ecs:*:*:image/m-1", "acs:ecs:*:*:image/m-2"]}]}
                        """);
        assertThat(rights.allow("ecs:DeleteImage", image("cn-hangzhou", "m-2"))).isTrue();
        assertThat(rights.allow("ecs:DeleteImage", image("cn-hangzhou", "m-3"))).isFalse();
        assertThat(rights.allow("ecs:ImportImage", image("cn-hangzhou", "m-2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{}",
                "{\"Version\":\"1\"}",
                "{\"Version\":\"1\",\"Statement\":[]}",
                "{\"Version\":1,\"Statement\":[ALLOW]}",
                "{\"Version\":\"2\",\"Statement\":[ALLOW]}",
                "{\"Version\":\"1\",\"Statement\":ALLOW}",
                "{\"Version\":\"1\",\"Statement\":[ALLOW],\"Id\":\"x\"}",
                "{\"Version\":\"1\",\"Statement\":[ALLOW]} {}",
                "{\"Version\":\"1\",\"Version\":\"1\",\"Statement\":[ALLOW]}",
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}",
                "{\"Version\":\"1\",\"Statement\":[\"ALLOW\"]}"
            })
    void whatIsNoDocumentIsRefused(String text) {
        refused(text.replace("ALLOW", statement("Allow", "*", "*")));
    }

    private static void refused(String document) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> PolicyDocuments.parse(document))
                .satisfies(it ->
                        assertThat(it.refusal())
                                .isInstanceOf(Refusal.Access.MalformedPolicy.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":\"10.0.0.0/8\"}}",
                "\"NotAction\":\"ecs:*\"",
                "\"NotResource\":\"*\"",
                "\"Principal\":\"*\"",
                "\"Sid\":\"x\""
            })
    void whatIsNotUnderstoodIsRefusedAndNotIgnored(String field) {
        refused(document(statement("Allow", "*", "*").replace("}", "," + field + "}")));
    }

    @ParameterizedTest
    @CsvSource({
        "allow,*,*",
        "Permit,*,*",
        "Allow,ecs,*",
        "Allow,'',*",
        "Allow,ecs:Copy Image,*",
        "Allow,*,''",
        "Allow,*,image/*",
        "Allow,*,acs:ecs:*:image/*",
        "Allow,*,arn:ecs:*:*:image/*"
    })
    void aBadEffectActionOrResourceIsRefused(String effect, String action, String resource) {
        refused(document(statement(effect, action, resource)));
    }

    @Test
    void aDocumentIsBounded() {
        String fits = statement("Allow", "*", "*");
        refused(document(IntStream.range(0, 51).mapToObj(_ -> fits).toArray(String[]::new)));
        refused(document(statement("Allow", "*", "acs:ecs:*:*:" + "a".repeat(512))));
        refused(" ".repeat(PolicyDocuments.MOST_CHARS) + document(fits));
        refused("[".repeat(PolicyDocuments.MOST_CHARS));
        assertThat(PolicyDocuments.parse(document(fits)).statements()).hasSize(1);
    }

    /// With a matcher that goes back to each star this one would never end.
    @Test
    void manyStarsCostNoMoreThanTheirNumber() {
        String stars = IntStream.range(0, 100).mapToObj(_ -> "a").collect(Collectors.joining("*"));
        String text = "a".repeat(4_000);
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    assertThat(new Wildcard("*" + stars + "*b").matches(text)).isFalse();
                    assertThat(new Wildcard("*" + stars + "*").matches(text)).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "a*b,ab,true", "a*b,axxb,true", "a*b,axxbc,false", "*,'',true", "'','',true", "'',a,false",
        "?,'',false", "?,a,true", "a**b,ab,true", "*ab,aab,true", "a*?,a,false", "a*?,ab,true",
        "a*b*c,abbcbc,true", "a*b*c,abbcb,false"
    })
    void aPatternMatchesAsAWhole(String pattern, String text, boolean matches) {
        assertThat(new Wildcard(pattern).matches(text)).isEqualTo(matches);
    }
}
