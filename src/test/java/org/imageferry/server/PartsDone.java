package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts that servers said they had done, over all their lives. A finished part is never done again: each
/// is logged after its commit, so once at most.
final class PartsDone {
    private static final Pattern DONE =
            Pattern.compile("part done .*task=\"?([\\w-]+)\"?.*part=\"?(\\d+)\"?");

    private final Set<String> parts = new HashSet<>();

    /// @param server that has ended, or is not asked again
    void note(ServerProcess server) {
        server.logged("part done").forEach(this::note);
    }

    private void note(String line) {
        Matcher done = DONE.matcher(line);
        assertThat(done.find()).as("form of: %s", line).isTrue();
        String part = "part " + done.group(2) + " of task " + done.group(1);
        assertThat(parts.add(part)).as("%s is done for the first time", part).isTrue();
    }

    int count() {
        return parts.size();
    }
}
