package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The programs that we compare with. A test that needs them is skipped where they are not installed.
final class Qemu {
    private Qemu() {}

    /// Skips the test, and says so, where there is no qemu-img.
    static void require() {
        assumeTrue(
                there("qemu-img") && there("qemu-io"),
                "SKIPPED: there is no qemu-img here (Debian package qemu-utils), so nothing is"
                        + " compared with it");
    }

    private static boolean there(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// @return what it printed
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command) + ": " + output).isZero();
        return output;
    }

    /// What qemu-img reads in a file.
    static byte[] raw(Path image, String format) throws IOException, InterruptedException {
        Path raw = image.resolveSibling(image.getFileName() + ".raw");
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", format));
        command.addAll(List.of("-O", "raw", image.toString(), raw.toString()));
        run(image.resolveSibling(""), command.toArray(String[]::new));
        return Files.readAllBytes(raw);
    }

    /// A disk with zeros, text and noise in pieces of many lengths.
    static byte[] disk(int bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] disk = new byte[bytes];
        int at = 0;
        while (at < bytes) {
            int length = Math.min(bytes - at, 512 << random.nextInt(11));
            switch (random.nextInt(3)) {
                case 0 -> {}
                case 1 -> java.util.Arrays.fill(disk, at, at + length, (byte) random.nextInt());
                default -> {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, disk, at, length);
                }
            }
            at += length;
        }
        return disk;
    }
}
