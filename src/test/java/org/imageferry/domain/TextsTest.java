package org.imageferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What ids and names are made of, beside the regular expressions that say the same.
class TextsTest {
    private static final int TEXTS = 20_000;
    private static final String[] PIECES = {
        "a",
        "z",
        "0",
        "9",
        "-",
        ".",
        ":",
        "_",
        "A",
        "`",
        "{",
        "/",
        " ",
        "\n",
        "é",
        "名",
        "٣",
        "²",
        "Ⅷ",
        "\uD835\uDD04",
        "\uD835",
        "m-",
        "rg-",
        "abcdefghij",
        "0123456789",
        "abcdefghijklmnopqrstuvwxyz01234"
    };

    @Test
    void anImageIdIsTwentyLettersOrDigitsAfterItsPrefix() {
        compare("m-[a-z0-9]{20}", ImageId::new);
    }

    @Test
    void aResourceGroupIdIsFiveToThirtyLettersOrDigitsAfterItsPrefix() {
        compare("rg-[a-z0-9]{5,30}", ResourceGroupId::new);
    }

    @Test
    void anAccountIdIsSixteenDigits() {
        compare("[0-9]{16}", AccountId::new);
    }

    @Test
    void aRegionIdStartsWithALetterAndDoesNotEndWithAHyphen() {
        compare("[a-z][a-z0-9-]{0,62}[a-z0-9]", RegionId::new);
    }

    @Test
    void aNameIsLettersAndDigitsOfAnyScriptAndFourSigns() {
        compare("\\p{L}[\\p{L}\\p{Nd}.:_-]{1,127}", ImageName::new);
        compare("\\p{L}[\\p{L}\\p{Nd}.:_-]{1,127}", SnapshotName::new);
    }

    private static void compare(String form, Consumer<String> type) {
        Pattern pattern = Pattern.compile(form);
        Random random = new Random(form.hashCode());
        for (String edge : new String[] {"", "a", "m-" + "a".repeat(20), "m-" + "a".repeat(21)}) {
            assertThat(taken(edge, type)).as(edge).isEqualTo(pattern.matcher(edge).matches());
        }
        for (int length = 0; length < 132; length++) {
            String text = "a".repeat(length);
            assertThat(taken(text, type)).as(text).isEqualTo(pattern.matcher(text).matches());
            String digits = "1".repeat(length);
            assertThat(taken(digits, type)).as(digits).isEqualTo(pattern.matcher(digits).matches());
        }
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            assertThat(taken(text, type)).as(text).isEqualTo(pattern.matcher(text).matches());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(1, 7);
        int kinds = random.nextInt(1, PIECES.length + 1);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[(i * 7 + random.nextInt(kinds)) % PIECES.length]);
        }
        return text.toString();
    }

    private static boolean taken(String text, Consumer<String> type) {
        try {
            type.accept(text);
            return true;
        } catch (RefusedException _) {
            return false;
        }
    }
}
