package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CourteousTest {
    /// Of `/proc/thread-self/stat`: what comes behind the name in brackets, from field 3 on; see proc(5).
    private static int niceness() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return Integer.parseInt(fields.get(19 - 3));
    }

    @Test
    void itsThreadsAreNicerThanWhoStartsThem() throws Exception {
        int before = niceness();
        CompletableFuture<Integer> theirs = new CompletableFuture<>();
        Thread thread =
                new Courteous(Thread.ofPlatform().daemon().factory())
                        .newThread(() -> {
                            try {
                                theirs.complete(niceness());
                            } catch (Exception e) {
                                theirs.completeExceptionally(e);
                            }
                        });
        thread.start();
        assertThat(theirs.get()).isGreaterThanOrEqualTo(Math.max(before, 10));
        assertThat(niceness()).isEqualTo(before);
    }
}
