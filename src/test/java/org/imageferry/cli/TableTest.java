package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("REGION", ">NEW", "STATUS");
        table.row("cn-hangzhou", "5", "Available").row("r", "12345", "");

        assertThat(table.text())
                .isEqualTo(
                        """
                        REGION         NEW  STATUS
                        cn-hangzhou      5  Available
                        r            12345
                        """);
    }

    @Test
    void whatAServerSaysCannotSteerTheTerminal() {
        Table table = new Table("NAME").row("a\u001b[2Jb\nc\u009bd\u202ee");

        assertThat(table.text()).isEqualTo("NAME\na?[2Jb?c?d?e\n");
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThatThrownBy(() -> new Table("A", "B").row("1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
