package org.imageferry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `./imageferry` with a Java and a Maven that only say what they were asked.
final class LauncherTest {
    private static final Path SCRIPT = Path.of("imageferry").toAbsolutePath();
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir private Path temporary;
    private Path home;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void setTheScene() throws IOException {
        home = Files.createDirectories(temporary.toRealPath().resolve("a checkout"));
        Files.copy(SCRIPT, home.resolve("imageferry"));
        jdk = jdk("a jdk", "25.0.3");
        tools = Files.createDirectories(temporary.resolve("tools"));
        executable(
                tools.resolve("mvn"),
                """
                echo "mvn $*" >>builds
                echo "java home $JAVA_HOME" >>builds
                mkdir -p target
                [ ! -e broken ] || exit 1
                echo jar >target/imageferry-1-all.jar
                """);
    }

    @Test
    void aDistributionStartsThroughLinksFromAnyFolderWithItsArgumentsAsTheyAre() throws Exception {
        distribution();
        Path links = Files.createDirectories(temporary.resolve("some links"));
        Files.createSymbolicLink(links.resolve("first"), home.resolve("imageferry"));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

        Run run = run(links, links.resolve("second"), "copy", "two words", "", "*");

        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("[-jar]\n[" + home.resolve("lib/imageferry-1-all.jar") + "]")
                .endsWith("[copy]\n[two words]\n[]\n[*]\n");
    }

    @Test
    void aDistributionIsPreparedOnceWhereItMayWrite() throws Exception {
        distribution();
        assertThat(launch("version").errors())
                .isEqualTo("imageferry: preparing, once for this installation\n");
        assertThat(launch("version").errors()).isEmpty();
    }

    @Test
    void aCacheThatCouldBeMadeIsUsed() throws Exception {
        distribution();
        Path cache = Files.writeString(home.resolve("lib/imageferry-1-all.aot"), "classes");
        Path serverCache =
                Files.writeString(home.resolve("lib/imageferry-1-all-server.aot"), "classes");
        assertThat(launch("version").output()).contains("[-XX:AOTCache=" + cache + "]");
        assertThat(launch("serve").output()).contains("[-XX:AOTCache=" + serverCache + "]");
        Files.writeString(cache, "");
        assertThat(launch("version").output()).doesNotContain("AOTCache");
    }

    @Test
    void theServersMemoryIsBounded() throws Exception {
        distribution();
        assertThat(launch("serve").output())
                .contains("[-Xmx160m]", "[-XX:MaxDirectMemorySize=320m]")
                .contains("[--enable-native-access=ALL-UNNAMED]");
        assertThat(launch("serve").output()).contains("[--add-modules=jdk.incubator.vector]");
        assertThat(launch("version").output()).doesNotContain("--add-modules");
        assertThat(launch("demo").output())
                .contains("[-Xmx320m]", "[-XX:MaxDirectMemorySize=320m]");
    }

    @Test
    void ownOptionsComeLast() throws Exception {
        distribution();
        Run run = run(home, home.resolve("imageferry"), "serve");
        assertThat(run.output()).containsSubsequence("[-Xmx160m]", "[-Xmx1g]\n[-Dx=y]\n[-jar]");
    }

    @Test
    void theProgramsStatusIsTheLaunchers() throws Exception {
        distribution();
        assertThat(launch("fail").status()).isEqualTo(7);
    }

    @Test
    void aCheckoutIsBuiltOnceForItsSources() throws Exception {
        checkout();
        Run first = launch("version");
        assertThat(first.status()).isZero();
        assertThat(first.errors()).startsWith("imageferry: building").hasLineCount(1);
        assertThat(first.output()).endsWith("[version]\n");
        assertThat(launch("version").errors()).isEmpty();
        assertThat(builds())
                .containsExactly(
                        "mvn -q -B -Dstyle.color=never -Dfast -DskipTests package",
                        "java home " + jdk);
    }

    @Test
    void aNewerSourceOrOneThatIsGoneMeansANewBuild() throws Exception {
        checkout();
        launch("version");
        Path source = Files.writeString(home.resolve("src/main/java/B.java"), "");
        assertThat(launch("version").errors()).contains("building");
        Files.delete(source);
        assertThat(launch("version").errors()).contains("building");
        assertThat(launch("version").errors()).isEmpty();
    }

    @Test
    void whatDoesNotGoIntoTheJarMeansNoNewBuild() throws Exception {
        checkout();
        launch("version");
        Files.createDirectories(home.resolve("src/test"));
        Files.writeString(home.resolve("README.md"), "");
        assertThat(launch("version").errors()).isEmpty();
    }

    @Test
    void twoLaunchesAtOnceBuildOnce() throws Exception {
        checkout();
        List<Process> launches = List.of(start("one"), start("two"), start("three"));
        for (Process launch : launches) {
            assertThat(finish(launch).status()).isZero();
        }
        assertThat(builds()).filteredOn(line -> line.startsWith("mvn")).hasSize(1);
    }

    @Test
    void theLockOfADeadBuilderHoldsNobodyUp() throws Exception {
        checkout();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path launch = Files.createDirectories(home.resolve("target/launch"));
        Files.createSymbolicLink(launch.resolve("lock"), Path.of(Long.toString(dead.pid())));
        assertThat(launch("version").status()).isZero();
        assertThat(launch).isDirectoryNotContaining("glob:**/lock*");
    }

    @Test
    void aFailedBuildIsToldAndTriedAgain() throws Exception {
        checkout();
        Path broken = Files.writeString(home.resolve("broken"), "");
        Run run = launch("version");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("the build failed");
        assertThat(run.output()).isEmpty();
        Files.delete(broken);
        assertThat(launch("version").status()).isZero();
    }

    @Test
    void anUnfitJavaIsRefused() throws Exception {
        checkout();
        jdk = jdk("old", "17.0.15");
        assertThat(launch("version").errors())
                .contains("IMAGEFERRY_JAVA is " + jdk, "no JDK 25 or newer");
        jdk = jdk("a runtime", "25");
        Files.delete(jdk.resolve("bin/javac"));
        assertThat(launch("version").errors()).contains("no JDK 25 or newer");
        distribution();
        assertThat(launch("version").status()).isZero();
    }

    @Test
    void itSaysWhichJavaAndMavenItTakes() throws Exception {
        checkout();
        assertThat(launch("--java-home").output()).isEqualTo(jdk + "\n");
        assertThat(launch("--maven").output()).isEqualTo(tools.resolve("mvn") + "\n");
    }

    @Test
    void rootOnDebianGetsAMissingJavaInstalled() throws Exception {
        wantAJavaThatNobodyHas(0);
        assertThat(launch("version").errors())
                .contains("installing the Debian package openjdk-99-jdk-headless");
        assertThat(temporary.resolve("apt")).hasContent("install -y -qq openjdk-99-jdk-headless");
    }

    @Test
    void othersAreToldTheCommand() throws Exception {
        wantAJavaThatNobodyHas(1000);
        Run run = launch("version");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("This installs it: sudo apt-get install -y openjdk-99-jdk-headless");
        assertThat(temporary.resolve("apt")).doesNotExist();
    }

    /// With an apt that only notes what it is asked.
    private void wantAJavaThatNobodyHas(int user) throws IOException {
        assumeTrue(Files.exists(Path.of("/etc/debian_version")), "this is no Debian");
        Path script = home.resolve("imageferry");
        String text = Files.readString(script);
        Files.writeString(script, text.replace("LEAST_JAVA=25", "LEAST_JAVA=99"));
        executable(tools.resolve("id"), "echo " + user + "\n");
        executable(tools.resolve("apt-cache"), "");
        executable(tools.resolve("apt-get"), "echo \"$*\" >>'" + temporary.resolve("apt") + "'\n");
        distribution();
        jdk = Path.of("");
    }

    @Test
    void aDistributionWithoutItsJarSaysSo() throws Exception {
        Run run = launch("version");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("lib/imageferry*.jar", "unpack the distribution anew");
    }

    private void distribution() throws IOException {
        Files.deleteIfExists(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/imageferry-1-all.jar"), "");
    }

    private void checkout() throws IOException {
        Path sources = Files.createDirectories(home.resolve("src/main/java"));
        List<Path> all = List.of(home.resolve("pom.xml"), sources.resolve("A.java"));
        for (Path file : all) {
            Files.writeString(file, "");
        }
        for (Path file : List.of(all.get(0), all.get(1), sources, sources.getParent())) {
            Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        }
    }

    /// A JDK whose `java` prints its arguments, one a line.
    private Path jdk(String name, String version) throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve(name));
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(
                folder.resolve("release"),
                "IMPLEMENTOR=\"somebody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        executable(
                folder.resolve("bin/java"),
                """
                printf '[%s]\\n' "$@"
                for last; do :; done
                [ "$last" != fail ] || exit 7
                """);
        executable(folder.resolve("bin/javac"), "");
        return folder;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve("builds"));
    }

    private record Run(int status, String output, String errors) {}

    private Run launch(String command) throws Exception {
        return finish(start(command));
    }

    private Process start(String command) throws IOException {
        return process(home, home.resolve("imageferry"), command).start();
    }

    private Run run(Path folder, Path script, String... arguments) throws Exception {
        ProcessBuilder process = process(folder, script, arguments);
        process.environment().put("IMAGEFERRY_JAVA_OPTS", "-Xmx1g -Dx=y");
        return finish(process.start());
    }

    private ProcessBuilder process(Path folder, Path script, String... arguments) {
        ProcessBuilder process = new ProcessBuilder(script.toString());
        process.command().addAll(List.of(arguments));
        process.directory(folder.toFile());
        process.environment().remove("IMAGEFERRY_JAVA_OPTS");
        process.environment().put("IMAGEFERRY_JAVA", jdk.toString());
        process.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        return process;
    }

    private static Run finish(Process process) throws Exception {
        process.outputWriter().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, errors);
    }
}
