package org.imageferry.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server serves, whatever it serves.
///
/// @param drainDelay between telling that no more requests are wanted, and taking no more
/// @param metricsTokenEnv the variable that holds the token for metrics, if one is wanted of those who read them
/// @param tls its certificate; without, it speaks plain HTTP
/// @param plainHttp whether it may do that to other machines
/// @param behindTls whether all who use the console come by TLS, which a proxy before us ends
public record ServingSettings(
        Duration drainDelay,
        Optional<String> metricsTokenEnv,
        Optional<TlsSettings> tls,
        boolean plainHttp,
        boolean behindTls,
        Audit audit) {
    /// Where calls are noted.
    ///
    /// @param off whether they are not
    /// @param file in the data folder if empty
    /// @param reads whether those that change nothing are noted, too
    public record Audit(boolean off, Optional<Path> file, boolean reads) {}

    private static final String METRICS_TOKEN = "metrics-token-env";
    private static final String AUDIT = "audit";
    private static final String AUDIT_FORM = "`off`, or a file; its folder is that of the settings";
    private static final String OFF = "off";

    /// The keys of the top level that are about this.
    static final List<String> KEYS =
            List.of(
                    Setting.DRAIN_DELAY.key(),
                    METRICS_TOKEN,
                    "tls",
                    Setting.PLAIN_HTTP.key(),
                    Setting.BEHIND_TLS.key(),
                    AUDIT,
                    Setting.AUDIT_READS.key());

    static final ServingSettings DEFAULTS =
            new ServingSettings(
                    Setting.DRAIN_DELAY.preset(),
                    Optional.empty(),
                    Optional.empty(),
                    Setting.PLAIN_HTTP.preset(),
                    Setting.BEHIND_TLS.preset(),
                    new Audit(false, Optional.empty(), Setting.AUDIT_READS.preset()));

    static ServingSettings read(YamlSection section) throws StartException {
        return new ServingSettings(
                section.value(Setting.DRAIN_DELAY),
                section.variable(METRICS_TOKEN),
                TlsSettings.read(section),
                section.value(Setting.PLAIN_HTTP),
                section.value(Setting.BEHIND_TLS),
                audit(section));
    }

    private static Audit audit(YamlSection section) throws StartException {
        boolean off = section.text(AUDIT, AUDIT_FORM).filter(OFF::equals).isPresent();
        return new Audit(
                off,
                off ? Optional.empty() : section.file(AUDIT, AUDIT_FORM),
                section.value(Setting.AUDIT_READS));
    }
}
