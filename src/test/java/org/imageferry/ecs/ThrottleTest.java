package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imageferry.access.Credential;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;
import org.imageferry.access.Rights;
import org.imageferry.access.Secret;
import org.imageferry.domain.AccountId;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final AccountId ACCOUNT = EdgeScene.ACCOUNT;

    private final SettableClock clock = new SettableClock(EdgeScene.NOW);
    private final Throttle throttle = new Throttle(clock);

    private static Principal principal(AccountId account, long perSecond) {
        Principal usual = EdgeScene.principal(account, "key", Rights.UNLIMITED);
        return new Principal(
                usual.account(),
                usual.user(),
                usual.rights(),
                usual.accessKey(),
                usual.expires(),
                perSecond);
    }

    private int admitted(Principal principal, String action, int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            try {
                throttle.admit(principal, action);
                admitted++;
            } catch (EcsException e) {
                assertThat(e.error().code()).isEqualTo("Throttling.User");
            }
        }
        return admitted;
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    @Test
    void oneSecondsWorthMayComeAtOnceAndThenAtItsPace() {
        Principal five = principal(ACCOUNT, 5);

        assertThat(admitted(five, "ecs:CopyImage", 20)).isEqualTo(5);
        pass(Duration.ofMillis(199));
        assertThat(admitted(five, "ecs:CopyImage", 20)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(admitted(five, "ecs:CopyImage", 20)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(admitted(five, "ecs:CopyImage", 20)).isEqualTo(5);
    }

    @Test
    void whoIsRefusedOftenWaitsNoLonger() {
        Principal one = principal(ACCOUNT, 1);
        admitted(one, "ecs:CopyImage", 1_000);
        pass(Duration.ofSeconds(1));
        assertThat(admitted(one, "ecs:CopyImage", 1)).isEqualTo(1);
    }

    @Test
    void actionsAndAccountsAreCountedApart() {
        Principal one = principal(ACCOUNT, 1);
        Principal other = principal(EdgeScene.OTHER, 1);

        assertThat(admitted(one, "ecs:CopyImage", 2)).isEqualTo(1);
        assertThat(admitted(one, "ecs:DeleteImage", 2)).isEqualTo(1);
        assertThat(admitted(other, "ecs:CopyImage", 2)).isEqualTo(1);
    }

    @Test
    void theAnswerSaysHowLongToWait() {
        Principal four = principal(ACCOUNT, 4);
        admitted(four, "ecs:CopyImage", 4);

        assertThatExceptionOfType(EcsException.class)
                .isThrownBy(() -> throttle.admit(four, "ecs:CopyImage"))
                .satisfies(it ->
                        assertThat(it.error().headers()).containsEntry("x-acs-retry-after", "250"));
        pass(Duration.ofMillis(250));
        assertThatCode(() -> throttle.admit(four, "ecs:CopyImage")).doesNotThrowAnyException();
    }

    @Test
    void anAccountMayBeAllowedNone() {
        assertThat(admitted(principal(ACCOUNT, 0), "ecs:CopyImage", 3)).isZero();
        assertThat(admitted(principal(ACCOUNT, Long.MAX_VALUE), "ecs:CopyImage", 5_000))
                .isEqualTo(5_000);
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOut() {
        Principal one = principal(ACCOUNT, 1);
        admitted(one, "ecs:CopyImage", 2);
        pass(Duration.ofHours(-1));
        assertThat(admitted(one, "ecs:CopyImage", 2)).isEqualTo(1);
    }

    /// What is forgotten is what was idle for longest.
    @Test
    void itRemembersNoMoreThanItMay() {
        Principal one = principal(ACCOUNT, 1);
        admitted(one, "ecs:CopyImage", 1);
        for (int i = 0; i < Throttle.MOST_REMEMBERED - 1; i++) {
            admitted(one, "action " + i, 1);
        }
        assertThat(admitted(one, "ecs:CopyImage", 1)).isZero();
        admitted(one, "one more", 1);
        assertThat(admitted(one, "action 0", 1)).isEqualTo(1);
    }

    private final RecordingAction read = new RecordingAction("DescribeImages", false);

    /// A key whose account may send two requests in a second.
    private EdgeScene slowScene() {
        Keys keys =
                (id, _) ->
                        id.equals("testid")
                                ? Optional.of(
                                        new Credential(
                                                principal(ACCOUNT, 2),
                                                new Secret("testsecret"),
                                                Credential.Standing.GOOD))
                                : Optional.empty();
        return new EdgeScene(
                new SettableClock(EdgeScene.NOW),
                keys,
                parts -> List.of(EdgeScene.handler(parts, new Actions(List.of(read)))));
    }

    @Test
    void theAnswerSaysWhenToTryAgain() {
        try (EdgeScene scene = slowScene()) {
            scene.client().rpc("DescribeImages");
            scene.client().acs3(Api.ECS.version(), "DescribeImages");

            RawHttp.Reply third = scene.client().rpc("DescribeImages");

            assertThat(third.status()).isEqualTo(400);
            assertThat(third.code()).isEqualTo("Throttling.User");
            assertThat(third.message()).isEqualTo("Request was denied due to user flow control.");
            assertThat(third.header("x-acs-retry-after")).isEqualTo("500");
            assertThat(read.asked).hasSize(2);
            scene.pass(Duration.ofMillis(500));
            assertThat(scene.client().rpc("DescribeImages").status()).isEqualTo(200);
        }
    }

    @Test
    void whoCanNotSignUsesUpNothingOfAnAccounts() {
        try (EdgeScene scene = slowScene()) {
            for (int i = 0; i < 10; i++) {
                assertThat(scene.client().as("testid", "guessed").rpc("DescribeImages").code())
                        .isEqualTo("SignatureDoesNotMatch");
            }
            assertThat(scene.client().rpc("DescribeImages").status()).isEqualTo(200);
            assertThat(scene.client().rpc("DescribeImages").status()).isEqualTo(200);
        }
    }
}
