package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.junit.jupiter.api.Test;

final class KeyRotateMasterCommandTest extends CommandTest {
    private final List<Path> rotated = new ArrayList<>();

    private void rotates() {
        scene().rotator((data, _) -> {
            rotated.add(data);
            return new Rewrapped(12, 3);
        });
    }

    @Test
    void theDataFolderIsTheOneThatIsNamed() {
        rotates();

        assertThat(scene().run("key", "rotate-master", "--data", "/srv/ferry")).isZero();

        assertThat(rotated).containsExactly(Path.of("/srv/ferry"));
        assertThat(scene().out())
                .isEqualTo(
                        """
                        ACCESS KEYS  KEYS
                        12           3
                        """);
    }

    @Test
    void elseItIsTheOneThatServeTakes() {
        rotates();

        assertThat(scene().run("key", "rotate-master", "-o", "json")).isZero();

        assertThat(rotated).containsExactly(Path.of("data"));
        assertThat(scene().json().path("AccessKeys").asInt()).isEqualTo(12);
        assertThat(scene().json().path("Keys").asInt()).isEqualTo(3);
    }

    @Test
    void whyItCanNotIsSaid() {
        scene().rotator((_, _) -> {
            throw new IOException("data folder data is in use by process 7: stop it");
        });

        assertThat(scene().run("key", "rotate-master")).isEqualTo(1);

        assertThat(scene().err())
                .contains("cannot rotate the master key")
                .contains("in use by process 7");
    }
}
