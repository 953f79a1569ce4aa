package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void theFirstVariableThatIsSetDecides() {
        assertThat(Terminal.unicode(Map.of("LANG", "en_US.UTF-8"))).isTrue();
        assertThat(Terminal.unicode(Map.of("LANG", "C.utf8"))).isTrue();
        assertThat(Terminal.unicode(Map.of("LANG", "en_US.UTF-8", "LC_ALL", "C"))).isFalse();
        assertThat(Terminal.unicode(Map.of("LANG", "en_US.UTF-8", "LC_ALL", ""))).isTrue();
        assertThat(Terminal.unicode(Map.of())).isFalse();
    }

    @Test
    void coloursAreLeftOutWhereTheyAreNotWanted() {
        assertThat(new Terminal(true, true, false, () -> 80).bold("text")).isEqualTo("text");
        assertThat(new Terminal(true, true, true, () -> 80).bold("text"))
                .isEqualTo("\u001b[1mtext\u001b[0m");
    }
}
