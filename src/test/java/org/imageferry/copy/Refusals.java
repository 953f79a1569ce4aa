package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Looks at why something was refused.
final class Refusals {
    private Refusals() {}

    static void assertRefused(Refusal expected, ThrowingCallable request) {
        assertThat(refusal(request)).isEqualTo(expected);
    }

    static Refusal refusal(ThrowingCallable request) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, request);
        assertThat(refused).as("a refusal").isNotNull();
        return refused.refusal();
    }
}
