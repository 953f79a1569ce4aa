package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreIdentityTest {
    private static final StoreIdentity IDENTITY =
            new StoreIdentity("00112233445566778899aabbccddeeff", new RegionId("cn-hangzhou"));
    private static final String JSON =
            """
            {"format":1,"installation":"00112233445566778899aabbccddeeff",\
            "region":"cn-hangzhou","blocks":{"leastPages":4,"maskBits":4,"maskShift":7,\
            "mostPages":64,"pageBytes":4096}}
            """;

    private final TestStore store = new TestStore();

    @Test
    void aNewStoreSaysNothing() throws Exception {
        assertThat(StoreIdentity.read(store)).isEmpty();
        assertThat(StoreIdentity.generation(store)).isZero();
        assertThat(StoreIdentity.lastRecord(store)).isZero();
    }

    @Test
    void aStoreSaysWhoseItIs() throws Exception {
        IDENTITY.write(store);
        IDENTITY.write(store);
        assertThat(StoreIdentity.read(store)).contains(IDENTITY);
    }

    @Test
    void theIdentityIsWrittenAsThePageOfTheFormatSays() throws Exception {
        IDENTITY.write(store);
        ByteBuffer bytes = ByteBuffer.allocate((int) store.length(StoreLayout.installation()));
        store.read(StoreLayout.installation(), 0, bytes);
        assertThat(new String(bytes.array(), StandardCharsets.UTF_8)).isEqualTo(JSON);
    }

    @Test
    void aStoreCannotBeTakenFromItsInstallation() throws Exception {
        IDENTITY.write(store);
        var other = new StoreIdentity("ff".repeat(16), IDENTITY.region());
        assertThatThrownBy(() -> other.write(store)).isInstanceOf(StoreException.class);
        assertThat(StoreIdentity.read(store)).contains(IDENTITY);
    }

    @Test
    void aStoreOfANewerFormatIsRefusedWithAdvice() {
        says(JSON.replace("\"format\":1", "\"format\":2"));
        assertThatThrownBy(() -> StoreIdentity.read(store))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("use a newer imageferry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{}",
                "{\"format\":1}",
                "{\"format\":1,\"format\":1}",
                "{\"format\":0}"
            })
    void whatIsNoIdentityIsDamaged(String text) {
        says(text);
        assertDamaged();
    }

    @Test
    void everyFieldIsNeededAndChecked() {
        assertSpoilt("\"format\":1", "\"format\":-1");
        assertSpoilt("\"installation\":\"0", "\"installation\":\"x");
        assertSpoilt("\"region\":\"cn-hangzhou\"", "\"region\":\"CN\"");
        assertSpoilt("\"region\":\"cn-hangzhou\",", "");
        assertSpoilt("\"leastPages\":4", "\"leastPages\":8");
        assertSpoilt("\"maskBits\":4,", "");
        assertSpoilt("}}\n", "}} {}");
    }

    @Test
    void anEndlessIdentityIsNotRead() {
        says(" ".repeat(1 << 20) + JSON);
        assertDamaged();
        assertThat(store.reads).hasValue(0);
    }

    @Test
    void generationsRiseAndLowerOnesGo() throws Exception {
        StoreIdentity.raise(store, 1);
        StoreIdentity.raise(store, 2);
        StoreIdentity.raise(store, 10);
        StoreIdentity.raise(store, 10);
        assertThat(StoreIdentity.generation(store)).isEqualTo(10);
        StoreIdentity.raise(store, 9);
        assertThat(StoreIdentity.generation(store)).isEqualTo(10);
        assertThat(store.list(StoreLayout.GENERATIONS))
                .containsExactly(new ObjectName("generations/0000000010"));
    }

    @Test
    void theLastRecordIsFoundHoweverManyWereSuperseded() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TestStore fresh = new TestStore();
            int last = 1 + (random.nextInt(40_000) >> random.nextInt(8));
            for (int sequence = 1; sequence <= last; sequence++) {
                fresh.put(StoreLayout.record(sequence), new byte[0]);
                if (sequence > 1) {
                    StoreIdentity.dropRecord(fresh, sequence - 1); // all are of one subject
                }
            }
            assertThat(StoreIdentity.lastRecord(fresh)).as("seed %d", seed).isEqualTo(last);
        }
    }

    @Test
    void toFindTheLastRecordOnlyOneFolderIsListed() throws Exception {
        for (int sequence = 1; sequence <= 50_500; sequence++) {
            store.put(StoreLayout.record(sequence), new byte[0]);
        }
        assertThat(StoreIdentity.lastRecord(store)).isEqualTo(50_500);
        assertThat(store.listed.get()).isLessThan(501 + 20);
    }

    @Test
    void whatIsNoRecordIsOverlooked() throws Exception {
        store.put(StoreLayout.record(3), new byte[0]);
        store.put(new ObjectName("records/000001/lost.tmp"), new byte[0]);
        assertThat(StoreIdentity.lastRecord(store)).isEqualTo(3);
    }

    private void says(String text) {
        store.put(StoreLayout.installation(), text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertSpoilt(String part, String replacement) {
        assertThat(JSON).contains(part);
        says(JSON.replace(part, replacement));
        assertDamaged();
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> StoreIdentity.read(store))
                .isInstanceOf(DamagedException.class)
                .hasMessageStartingWith("installation is damaged: ");
    }
}
