package org.imageferry.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The same on PostgreSQL, where transactions do run at the same moment. It takes some minutes, so it is run
/// on demand.
@EnabledIfSystemProperty(named = "imageferry.test.catalog", matches = "postgresql")
class PostgresRaceTest extends RaceTest {
    private final PostgresAddress address = TestPostgres.empty();

    @Override
    RaceScene scene(Path empty) throws Exception {
        Path config = Files.writeString(empty.resolve("config.yaml"), "catalog: " + address + "\n");
        return new RaceScene(empty, "--config", config.toString());
    }

    @Override
    void prove(RaceScene over) throws Exception {
        over.prove(TestPostgres.url(address));
    }

    @AfterEach
    void drop() {
        TestPostgres.drop(address);
    }
}
