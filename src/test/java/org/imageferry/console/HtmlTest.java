package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void whatIsPutInIsEscapedUnlessItIsHtml() {
        Html inner = Html.of("<b>{}</b>", "a & b");

        assertThat(Html.of("<p title=\"{}\">{}</p>", "\"'<>", inner).text())
                .isEqualTo("<p title=\"&quot;&#39;&lt;&gt;\"><b>a &amp; b</b></p>");
        assertThat(Html.of("{}{}", "{}", 1).text()).isEqualTo("{}1");
        assertThat(Html.each(List.of("<", ">"), it -> Html.of("{};", it)).text())
                .isEqualTo("&lt;;&gt;;");
    }

    @Test
    void eachValueHasItsPlace() {
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amountsAreShort() {
        assertThat(
                        List.of(0.0, 999.0, 1000.0, 1536.0, 102_400.0, 1e12).stream()
                                .map(Amounts::bytes))
                .containsExactly("0 B", "999 B", "1.0 KiB", "1.5 KiB", "100 KiB", "931 GiB");
        assertThat(Amounts.time(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Amounts.time(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
        assertThat(Amounts.time(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
        assertThat(Amounts.percent(1, 0)).isZero();
    }
}
