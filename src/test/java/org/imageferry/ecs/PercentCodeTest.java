package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodeTest {
    @Test
    void keepsWhatRfc3986CallsUnreservedAndNothingElse() {
        assertThat(PercentCode.encode("AZaz09-_.~")).isEqualTo("AZaz09-_.~");
        assertThat(PercentCode.encode(" *+/=&:%")).isEqualTo("%20%2A%2B%2F%3D%26%3A%25");
        assertThat(PercentCode.encode("中😀")).isEqualTo("%E4%B8%AD%F0%9F%98%80");
    }

    @Test
    void decodesWhatAnyClientEncodes() {
        assertThat(PercentCode.decodeForm("a+b%20c*%7E%e4%B8%AD")).isEqualTo("a b c*~中");
        assertThat(PercentCode.decode("a+b%2Bc")).isEqualTo("a+b+c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%C0%80", "%FF", "%ED%A0%80"})
    void refusesWhatIsNoEncodingOfUtf8(String text) {
        assertThatThrownBy(() -> PercentCode.decode(text))
                .isInstanceOf(EcsException.class)
                .hasMessageStartingWith("InvalidParameter.Format");
    }
}
