package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.imageferry.access.CatalogKeys;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.Account;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.MemoryMasterKey;
import org.imageferry.settings.StartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final TestClock clock = new TestClock();
    private final SqliteCatalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final MasterKey master = new MemoryMasterKey();
    private final SecureRandom random = new SecureRandom();

    @AfterEach
    void close() {
        catalog.close();
    }

    private void admit(MasterKey by, String id, String secret) throws StartException {
        new Admission(catalog, by, Path.of("master.key"))
                .admit(new Credentials(id, secret), random);
    }

    private List<Account> accounts() {
        return catalog.read(tables -> tables.accounts().list(0, 10).items());
    }

    @Test
    void theFirstAccessKeyMakesTheFirstAccountWhichIsAdministrator() throws StartException {
        admit(master, "one", "secret");
        admit(master, "one", "secret");

        assertThat(accounts()).singleElement().matches(Account::administrator);
        assertThat(new CatalogKeys(catalog, master).find("one", ""))
                .hasValueSatisfying(it -> {
                    assertThat(it.secret().value()).isEqualTo("secret");
                    assertThat(it.principal().account()).isEqualTo(accounts().getFirst());
                });
    }

    @Test
    void aLaterOneSpeaksForTheOldestAdministrator() throws StartException {
        admit(master, "one", "secret");
        clock.advance(Duration.ofSeconds(1));
        admit(master, "two", "other");

        assertThat(accounts()).hasSize(1);
        assertThat(new CatalogKeys(catalog, master).find("two", ""))
                .hasValueSatisfying(it ->
                        assertThat(it.principal().account()).isEqualTo(accounts().getFirst()));
    }

    @Test
    void anotherSecretForAKnownOneIsRefused() throws StartException {
        admit(master, "one", "secret");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> admit(master, "one", "other"))
                .withMessageContaining("with another secret");
    }

    /// Else secrets of two master keys would lie side by side, and none would read all of them.
    @Test
    void aMasterKeyThatCanNotReadTheOlderSecretsAdmitsNone() throws StartException {
        admit(master, "one", "secret");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> admit(new MemoryMasterKey(), "two", "other"))
                .withMessageContaining("master.key is not the key that wrapped the secrets");
        assertThat(new CatalogKeys(catalog, master).find("two", "")).isEmpty();
    }
}
