package org.imageferry.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.Endpoint;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/// The program's command line: options that all commands share, and what commands need.
@Command(
        name = "imageferry",
        description = "Copies machine images between regions.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            CopyCommand.class,
            ImagesCommand.class,
            ShowCommand.class,
            QueueCommand.class,
            CopiesCommand.class,
            CancelCommand.class,
            DeleteCommand.class,
            SetCommand.class,
            ShareCommand.class,
            PublishCommand.class,
            SnapshotCommand.class,
            CreateImageCommand.class,
            TagCommand.class,
            UntagCommand.class,
            GroupCommand.class,
            WebhookCommand.class,
            KeyCommand.class,
            RegionsCommand.class,
            RegionCommand.class,
            AccountCommand.class,
            VerifyCommand.class,
            GcCommand.class,
            NodeCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            MigrateCommand.class,
            RebuildCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Imageferry {
    private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:8440";
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ServerStarter starter;
    private final MasterKeyRotator rotator;
    private final CatalogRebuilder rebuilder;
    private final Relocations relocations;
    private final Surroundings surroundings;

    @Option(
            names = "--endpoint",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description =
                    "Where the server is; else IMAGEFERRY_ENDPOINT, else http://127.0.0.1:8440.")
    private Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--ca",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) that an https endpoint must be signed by, instead of those that"
                            + " Java knows; else IMAGEFERRY_CA.")
    private Optional<Path> ca = Optional.empty();

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "The server's data folder; holds the credentials that are used when the"
                            + " environment has none. Default: ./data.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "-o",
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            description = "How results are printed: table or json. Default: table.")
    private OutputFormat format = OutputFormat.table;

    public Imageferry(
            ServerStarter starter,
            MasterKeyRotator rotator,
            CatalogRebuilder rebuilder,
            Relocations relocations) {
        this(starter, rotator, rebuilder, relocations, Surroundings.ofProcess());
    }

    Imageferry(
            ServerStarter starter,
            MasterKeyRotator rotator,
            CatalogRebuilder rebuilder,
            Relocations relocations,
            Surroundings surroundings) {
        this.starter = starter;
        this.rotator = rotator;
        this.rebuilder = rebuilder;
        this.relocations = relocations;
        this.surroundings = surroundings;
    }

    /// Runs a command line.
    ///
    /// @return the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted
    public int run(String... args) {
        return commandLine().execute(args);
    }

    CommandLine commandLine() {
        Failures failures = new Failures(surroundings);
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(surroundings.out()))
                .setErr(writer(surroundings.err()))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    String completion() {
        return AutoComplete.bash("imageferry", commandLine());
    }

    Surroundings surroundings() {
        return surroundings;
    }

    ServerStarter starter() {
        return starter;
    }

    MasterKeyRotator rotator() {
        return rotator;
    }

    CatalogRebuilder rebuilder() {
        return rebuilder;
    }

    Relocations relocations() {
        return relocations;
    }

    /// As given; a command may have a default of its own.
    Optional<Path> data() {
        return data;
    }

    boolean json() {
        return format == OutputFormat.json;
    }

    /// Prints the result of a command: the one thing that goes to standard output.
    void print(JsonNode result, Table table) {
        surroundings.out().print(json() ? result.toPrettyString() + "\n" : table.text());
        surroundings.out().flush();
    }

    Api api() throws CommandFailure {
        String chosen =
                endpoint.orElse(
                        surroundings
                                .environment()
                                .getOrDefault("IMAGEFERRY_ENDPOINT", DEFAULT_ENDPOINT));
        return api(chosen, data.orElse(Path.of("data")));
    }

    Api api(String at, Path folder) throws CommandFailure {
        Endpoint parsed;
        try {
            parsed = Endpoint.parse(at);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        HttpClient.Builder http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT);
        Optional<Path> trusted =
                ca.or(() ->
                        Optional.ofNullable(surroundings.environment().get("IMAGEFERRY_CA"))
                                .map(Path::of));
        if (trusted.isPresent()) {
            http.sslContext(Trust.in(trusted.get()));
        }
        return new Api(
                new EcsClient(
                        parsed,
                        CredentialsFile.find(surroundings.environment(), folder),
                        http.build(),
                        surroundings.clock(),
                        surroundings.nonces(),
                        surroundings.interruption()));
    }
}
