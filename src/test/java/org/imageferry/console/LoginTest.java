package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private final ActionScene scene = new ActionScene();
    private final Surfer surfer = new Surfer(scene.port());

    @AfterEach
    void stop() {
        surfer.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "activity",
                "keys",
                "regions/cn-hangzhou",
                "images/cn-hangzhou/m-1",
                "no/such"
            })
    void whoIsNotLoggedInSeesNoPage(String page) {
        Surfer.Seen seen = surfer.get("/console/" + page);

        assertThat(seen.status()).isEqualTo(303);
        assertThat(seen.header("Location")).startsWith("/console/login");
        assertThat(surfer.get("/console/feed/" + page).status()).isIn(401, 404);
    }

    @Test
    void aBrowserIsLedToTheConsoleAndAClientIsNot() {
        assertThat(surfer.get("/", "Accept", "text/html,*/*").header("Location"))
                .isEqualTo("/console/");
        assertThat(surfer.get("/", "Accept", "*/*").body()).contains("MissingAction");
        assertThat(surfer.get("/?Action=DescribeRegions", "Accept", "text/html").body())
                .contains("<Code>");
    }

    @Test
    void theRightPairOpensASessionThatNoScriptCanRead() {
        Surfer.Seen seen = surfer.login("testid", "testsecret");

        assertThat(seen.status()).isEqualTo(303);
        assertThat(seen.header("Location")).isEqualTo("/console/");
        assertThat(seen.header("Set-Cookie"))
                .contains("; Path=/console; Max-Age=43200; HttpOnly; SameSite=Strict")
                .doesNotContain("Secure"); // this came without TLS
        assertThat(surfer.get("/console/").status()).isEqualTo(200);
    }

    @Test
    void anUnknownKeyAndAWrongSecretAreToldAlike() {
        Surfer.Seen unknown = surfer.login("nobody", "testsecret");
        Surfer.Seen wrong = surfer.login("testid", "othersecret");

        assertThat(unknown.status()).isEqualTo(403);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(surfer.get("/console/").status()).isEqualTo(303);
    }

    @Test
    void anInactiveKeyIsToldOnlyToWhoKnowsItsSecret() {
        deactivate("testid");

        assertThat(surfer.login("testid", "wrong").body()).doesNotContain("inactive");
        assertThat(surfer.login("testid", "testsecret").body()).contains("inactive");
    }

    @Test
    void guessingIsSlowedDown() {
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            assertThat(surfer.login("testid", "guess " + i).status()).isEqualTo(403);
        }
        assertThat(surfer.login("testid", "testsecret").status()).isEqualTo(429);

        scene.pass(Guesses.PACE);

        assertThat(surfer.login("testid", "testsecret").status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        surfer.login("testid", "testsecret");
        scene.pass(Duration.ofHours(12).minusSeconds(1));
        assertThat(surfer.get("/console/").status()).isEqualTo(200);

        scene.pass(Duration.ofSeconds(1));

        assertThat(surfer.get("/console/").header("Location")).isEqualTo("/console/login");
    }

    @Test
    void aSessionEndsAtOnceWithItsKey() {
        surfer.login("testid", "testsecret");
        deactivate("testid");
        assertThat(surfer.get("/console/").status()).isEqualTo(303);

        Surfer other = Surfer.loggedIn(scene.port(), "other", "othersecret");
        scene.write(tables -> tables.accessKeys().delete(new AccessKeyId("other")));

        assertThat(other.get("/console/").status()).isEqualTo(303);
        assertThat(other.get("/console/feed/").status()).isEqualTo(401);
    }

    @Test
    void aCookieThatWasNotSealedHereIsNoSession() {
        surfer.login("testid", "testsecret");
        String sealed = surfer.cookie(Cookies.SESSION);

        for (String other : new String[] {"", "x", "A" + sealed, sealed.substring(4)}) {
            surfer.setCookie(Cookies.SESSION, other);
            assertThat(surfer.get("/console/").status()).isEqualTo(303);
        }
    }

    @Test
    void whoLogsOutIsOut() {
        surfer.login("testid", "testsecret");
        String page = surfer.get("/console/").body();
        String token = page.replaceAll("(?s).*?name=\"token\" value=\"([^\"]*)\".*", "$1");

        surfer.post("/console/logout", Map.of("token", token));

        assertThat(surfer.cookie(Cookies.SESSION)).isEmpty();
        assertThat(surfer.get("/console/").status()).isEqualTo(303);
    }

    @Test
    void loggingInLeadsOnToThePageThatWasAskedAndNeverElsewhere() {
        assertThat(surfer.get("/console/keys").header("Location"))
                .isEqualTo("/console/login?next=keys");
        assertThat(after("keys")).isEqualTo("/console/keys");
        assertThat(after("//elsewhere.example/")).isEqualTo("/console/");
        assertThat(after("https://elsewhere.example/")).isEqualTo("/console/");
        assertThat(after("../..")).isEqualTo("/console/");
    }

    private String after(String next) {
        return surfer.post(
                        "/console/login",
                        Map.of("id", "testid", "secret", "testsecret", "next", next))
                .header("Location");
    }

    private void deactivate(String id) {
        scene.write(tables -> {
            AccessKeyId key = new AccessKeyId(id);
            var kept = tables.accessKeys().find(key).orElseThrow();
            tables.accessKeys().update(kept.key().with(false));
        });
    }
}
