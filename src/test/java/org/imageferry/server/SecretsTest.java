package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imageferry.server.TroubleScene.SOURCE;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.kms.DataKey;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.local.LocalKms;
import org.imageferry.kms.local.MasterKeyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server makes keys, uses them and loses them. Then the keys themselves are taken from what it has
/// left, and looked for in all that it said and wrote.
class SecretsTest {
    @TempDir private Path folder;

    private final List<String> said = new ArrayList<>();
    private final List<String> wrapped = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();

    @Test
    void noKeyIsInALogAnErrorOrAnAnswerAndNoneIsOnDiskButTheMasterKey() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, 0)) {
            use(scene.wire());
            scene.stop();
            said.addAll(scene.server().log());
            takeKeys(scene.data());
            assertThat(keys).as("a master key, two keys, two data keys").hasSize(5);
            assertNotSaid(scene.data());
            assertNotWritten(scene.data());
        }
    }

    private void use(Wire wire) throws Exception {
        TestDisk disk = TestDisk.make(folder.resolve("disk"), 1);
        wire.upload(disk, SOURCE, "disk");
        String image = wire.image(Wire.importing(SOURCE, "disk", "golden"));
        assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
        String key = say(wire, kms("CreateKey")).path("KeyMetadata").path("KeyId").asString();
        Call copy = Wire.copying(SOURCE, image, TROUBLED, "one").with("Encrypted", "true");
        String first = wire.image(copy);
        assertThat(wire.outcome(TROUBLED, first)).isEqualTo("Available");
        Call named = Wire.copying(SOURCE, image, TROUBLED, "two").with("Encrypted", "true");
        String second = wire.image(named.with("KMSKeyId", key));
        assertThat(wire.outcome(TROUBLED, second)).isEqualTo("Available");
        say(wire, kms("ListKeys"));
        say(wire, kms("DescribeKey").with("KeyId", key));
        say(
                wire,
                Call.own("DescribeImageDetail").with("RegionId", TROUBLED).with("ImageId", second));
        say(wire, Call.ecs("DescribeSnapshots").with("RegionId", TROUBLED));
        say(wire, Call.own("DescribeEncryption"));
        say(wire, kms("DisableKey").with("KeyId", key));
        String verified = wire.verify(TROUBLED);
        said.add(wire.taskOutcome(TROUBLED, verified));
        said.add(
                String.valueOf(
                        catchThrowableOfType(
                                EcsFailure.class, () -> wire.export(TROUBLED, second))));
    }

    private static Call kms(String action) {
        return Call.kms(action).with("RegionId", TROUBLED);
    }

    private tools.jackson.databind.JsonNode say(Wire wire, Call call) throws EcsFailure {
        var answer = wire.call(call);
        said.add(answer.toString());
        return answer;
    }

    private void takeKeys(Path data) throws Exception {
        Path file = data.resolve("master.key");
        keys.add(HexFormat.of().parseHex(Files.readString(file).strip()));
        MasterKey master = MasterKeyFile.openOrCreate(file, new SecureRandom());
        try (SqliteCatalog catalog =
                SqliteCatalog.open(
                        data.resolve("catalog.db"), InstantSource.system(), new SecureRandom())) {
            LocalKms kms = new LocalKms(new CatalogKeyRecords(catalog), master, new SecureRandom());
            for (KmsKey key : catalog.read(tables -> tables.kmsKeys().all())) {
                WrappedKey material =
                        catalog.read(tables -> tables.kmsKeys().material(key.id()).orElseThrow());
                wrapped.add(material.text());
                String hex = master.unwrap(material.text(), MasterKey.contextOf(key.id()));
                keys.add(HexFormat.of().parseHex(hex));
                catalog.write(tables -> {
                    tables.kmsKeys().update(key.service() ? key : key.enable());
                    return key;
                });
                takeDataKey(catalog, kms, key);
            }
        }
    }

    private void takeDataKey(SqliteCatalog catalog, LocalKms kms, KmsKey key) throws Exception {
        Scope scope =
                new Scope(key.account(), key.region(), Optional.of(new KeyVersion(key.id(), 1)));
        WrappedKey text = catalog.read(tables -> tables.encryption().dataKey(scope).orElseThrow());
        wrapped.add(text.text());
        try (DataKey data = kms.unwrap(scope, text)) {
            keys.add(data.bytes());
        }
    }

    private void assertNotSaid(Path data) throws Exception {
        List<String> secrets = new ArrayList<>(wrapped);
        for (byte[] key : keys) {
            secrets.add(HexFormat.of().formatHex(key));
            secrets.add(Base64.getEncoder().encodeToString(key));
        }
        secrets.add(
                Credentials.find(Map.of(), data.resolve("credentials"), new SecureRandom())
                        .secret());
        assertThat(said).anyMatch(text -> text.contains("it is disabled"));
        for (String secret : secrets) {
            assertThat(said).noneMatch(text -> text.contains(secret));
        }
    }

    private void assertNotWritten(Path data) throws Exception {
        NeedleSearch search = new NeedleSearch();
        keys.forEach(search::addWithHex);
        try (Stream<Path> files = Files.list(data)) {
            List<Path> all = files.toList();
            assertThat(search.in(all.toArray(Path[]::new)))
                    .containsExactly(data.resolve("master.key"));
        }
    }
}
