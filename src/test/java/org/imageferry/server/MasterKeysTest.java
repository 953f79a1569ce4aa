package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.imageferry.access.AccountIds;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Credential;
import org.imageferry.access.Principal;
import org.imageferry.access.Sessions;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.DataKey;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.local.LocalKeys;
import org.imageferry.kms.local.LocalKms;
import org.imageferry.settings.StartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The master key of a data folder with two access keys and a key is rotated; and what a crash on the
/// way leaves of that.
final class MasterKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final String OTHER_KEY = "00".repeat(32) + "\n";

    @TempDir private Path temporary;
    private Path data;
    private Path file;
    private Path next;

    /// What a data key was before, and how the key wrapped it.
    private record Sealed(Scope scope, WrappedKey wrapped, String plain) {}

    private interface Use<T> {
        T of(Catalog catalog, MasterKey master) throws Exception;
    }

    @BeforeEach
    void fill() throws Exception {
        data = temporary.resolve("data");
        file = data.resolve("master.key");
        next = data.resolve("master.key.new");
        opened((catalog, master) -> {
            Admission admission = new Admission(catalog, master, file);
            admission.admit(new Credentials("one", "secret one"), RANDOM);
            admission.admit(new Credentials("two", "secret two"), RANDOM);
            return "filled";
        });
    }

    /// As a server does it when it starts.
    private <T> T opened(Use<T> use) throws Exception {
        try (DataFolder folder = DataFolder.open(data)) {
            MasterKey master = new MasterKeys(folder, RANDOM).open();
            try (Catalog catalog =
                    SqliteCatalog.open(folder.catalog(), InstantSource.system(), RANDOM)) {
                return use.of(catalog, master);
            }
        }
    }

    private Sealed seal() throws Exception {
        return opened((catalog, master) -> {
            AccountId account =
                    catalog.read(tables -> tables.accounts().list(0, 1).items()).getFirst().id();
            catalog.write(tables -> {
                tables.regions().ensure(REGION);
                return REGION;
            });
            CatalogKeyRecords records = new CatalogKeyRecords(catalog);
            KmsKey key = new LocalKeys(records, master, RANDOM).create(account, REGION, "test");
            Scope scope = new Scope(account, REGION, Optional.of(new KeyVersion(key.id(), 1)));
            LocalKms kms = new LocalKms(records, master, RANDOM);
            WrappedKey wrapped = kms.generate(scope);
            try (DataKey plain = kms.unwrap(scope, wrapped)) {
                return new Sealed(scope, wrapped, hex(plain));
            }
        });
    }

    private static String hex(DataKey key) {
        return HexFormat.of().formatHex(key.bytes());
    }

    private void assertOpens(Sealed sealed) throws Exception {
        opened((catalog, master) -> {
            CatalogKeys keys = new CatalogKeys(catalog, master);
            assertThat(keys.find("one", "").map(Credential::secret))
                    .hasValueSatisfying(
                            secret -> assertThat(secret.value()).isEqualTo("secret one"));
            assertThat(keys.find("two", "").map(Credential::secret))
                    .hasValueSatisfying(
                            secret -> assertThat(secret.value()).isEqualTo("secret two"));
            LocalKms kms = new LocalKms(new CatalogKeyRecords(catalog), master, RANDOM);
            try (DataKey plain = kms.unwrap(sealed.scope(), sealed.wrapped())) {
                assertThat(hex(plain)).isEqualTo(sealed.plain());
            }
            return sealed;
        });
        assertThat(next).doesNotExist();
    }

    private void assertOtherKeyIsRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() ->
                        opened((catalog, master) -> {
                            new Admission(catalog, master, file)
                                    .admit(new Credentials("one", "secret one"), RANDOM);
                            return "admitted";
                        }))
                .withMessageContaining("master.key is not the key that wrapped the secrets")
                .withMessageContaining("put back");
    }

    @Test
    void whatTheOldKeyWrappedTheNewOneOpens() throws Exception {
        Sealed sealed = seal();
        String old = Files.readString(file);

        assertThat(MasterKeys.rotate(data, Optional.empty())).isEqualTo(new Rewrapped(2, 1));

        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n").isNotEqualTo(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertOpens(sealed);
        MasterKeys.rotate(data, Optional.empty());
        assertOpens(sealed);
    }

    @Test
    void theOldKeyOpensNothingAnyMore() throws Exception {
        seal();
        String old = Files.readString(file);
        MasterKeys.rotate(data, Optional.empty());

        Files.writeString(file, old);

        assertOtherKeyIsRefused();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MasterKeys.rotate(data, Optional.empty()))
                .withMessageContaining("master.key is not the key that wrapped the secrets");
        assertThat(file).hasContent(old);
        assertThat(next).doesNotExist();
    }

    @Test
    void temporaryCredentialsEnd() throws Exception {
        Sessions.Issued issued =
                opened((catalog, master) -> {
                    Principal by =
                            new CatalogKeys(catalog, master)
                                    .find("one", "")
                                    .orElseThrow()
                                    .principal();
                    return new Sessions(catalog, master, new AccountIds(RANDOM))
                            .issue(by, Optional.empty(), Optional.empty(), Sessions.LONGEST);
                });
        assertThat(found(issued)).isPresent();

        MasterKeys.rotate(data, Optional.empty());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> found(issued))
                .satisfies(e ->
                        assertThat(e.refusal()).isInstanceOf(Refusal.Access.TokenMalformed.class));
    }

    private Optional<Credential> found(Sessions.Issued issued) throws Exception {
        return opened((catalog, master) ->
                new CatalogKeys(catalog, master).find(issued.accessKey(), issued.token()));
    }

    @Test
    void theStoreIsToldOfTheKeyAsItIsWrappedNow() throws Exception {
        Sealed sealed = seal();

        MasterKeys.rotate(data, Optional.empty());

        String subject = sealed.scope().key().orElseThrow().key().value();
        opened((catalog, _) -> {
            WrappedKey material =
                    catalog.read(tables ->
                            tables.kmsKeys()
                                    .material(sealed.scope().key().orElseThrow().key())
                                    .orElseThrow());
            List<Outbox.Entry> told = catalog.read(tables -> tables.outbox().pending(REGION, 10));
            assertThat(told.getLast().subject()).isEqualTo(subject);
            assertThat(told.getLast().body()).contains(material.text()).contains("\"revision\":2");
            assertThat(told.getFirst().body()).doesNotContain(material.text());
            return subject;
        });
    }

    @Test
    void afterACrashWhileTheNewFileWasWrittenTheOldKeyIsTaken() throws Exception {
        Sealed sealed = seal();
        Files.writeString(next, "0123");

        assertOpens(sealed);
    }

    @Test
    void afterACrashBeforeTheTransactionTheOldKeyIsTaken() throws Exception {
        Sealed sealed = seal();
        String old = Files.readString(file);
        writeNext(OTHER_KEY);

        assertOpens(sealed);
        assertThat(file).hasContent(old);
    }

    @Test
    void afterACrashBehindTheTransactionTheNewKeyIsTaken() throws Exception {
        Sealed sealed = seal();
        String rotated = crashBehindTheTransaction();

        assertOpens(sealed);
        assertThat(file).hasContent(rotated);
    }

    @Test
    void aRotationThatWasBrokenOffCanBeDoneAnew() throws Exception {
        Sealed sealed = seal();
        String rotated = crashBehindTheTransaction();

        MasterKeys.rotate(data, Optional.empty());

        assertOpens(sealed);
        assertThat(Files.readString(file)).isNotEqualTo(rotated);
    }

    /// All access keys may have been deleted: then keys tell which file fits.
    @Test
    void withoutAccessKeysTheFileIsFoundByTheKeys() throws Exception {
        Sealed sealed = seal();
        crashBehindTheTransaction();
        try (Catalog catalog =
                SqliteCatalog.open(data.resolve("catalog.db"), InstantSource.system(), RANDOM)) {
            catalog.write(tables -> {
                tables.accessKeys()
                        .all()
                        .forEach(kept -> tables.accessKeys().delete(kept.key().id()));
                return tables;
            });
        }

        opened((catalog, master) -> {
            LocalKms kms = new LocalKms(new CatalogKeyRecords(catalog), master, RANDOM);
            try (DataKey plain = kms.unwrap(sealed.scope(), sealed.wrapped())) {
                assertThat(hex(plain)).isEqualTo(sealed.plain());
            }
            return sealed;
        });
    }

    @Test
    void ifNeitherFileFitsBothStayAndTheStartIsRefused() throws Exception {
        Files.writeString(file, "11".repeat(32) + "\n");
        writeNext(OTHER_KEY);

        assertOtherKeyIsRefused();

        assertThat(file).hasContent("11".repeat(32) + "\n");
        assertThat(next).hasContent(OTHER_KEY);
    }

    @Test
    void ifOneWrappedTextIsDamagedNothingIsChanged() throws Exception {
        Sealed sealed = seal();
        String old = Files.readString(file);
        damage(sealed);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MasterKeys.rotate(data, Optional.empty()))
                .withMessageContaining(sealed.scope().key().orElseThrow().key().value())
                .withMessageContaining("nothing was changed");

        assertThat(file).hasContent(old);
        opened((catalog, master) -> {
            assertThat(new CatalogKeys(catalog, master).find("one", "")).isPresent();
            return sealed;
        });
    }

    private void damage(Sealed sealed) throws Exception {
        opened((catalog, _) ->
                catalog.write(tables -> {
                    tables.kmsKeys()
                            .rewrap(
                                    sealed.scope().key().orElseThrow().key(),
                                    new WrappedKey("damaged"));
                    return sealed;
                }));
    }

    @Test
    void aFolderThatIsInUseIsLeftAlone() throws Exception {
        String old = Files.readString(file);
        try (DataFolder _ = DataFolder.open(data)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> MasterKeys.rotate(data, Optional.empty()))
                    .withMessageContaining("is in use by process");
        }
        assertThat(file).hasContent(old);
    }

    @Test
    void whereNoServerWasNothingIsMade() {
        Path nowhere = temporary.resolve("nowhere");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MasterKeys.rotate(nowhere, Optional.empty()))
                .withMessageContaining("has no catalog")
                .withMessageContaining("--data");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aLostFileIsNotReplaced() throws Exception {
        Files.delete(file);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MasterKeys.rotate(data, Optional.empty()))
                .withMessageContaining("master.key is gone");
        assertThat(file).doesNotExist();
    }

    /// @return the key that the catalog has from now on
    private String crashBehindTheTransaction() throws IOException {
        String old = Files.readString(file);
        MasterKeys.rotate(data, Optional.empty());
        Files.move(file, next, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(file, old);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.readString(next);
    }

    private void writeNext(String text) throws IOException {
        Files.writeString(next, text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    }
}
