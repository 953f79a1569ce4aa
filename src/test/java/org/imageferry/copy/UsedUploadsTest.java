package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.Requests.importing;

import org.imageferry.domain.ObjectKey;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsedUploadsTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatWasUploadedForItGoesWithAnImportThatEndsWellAndWithNoOther() throws Exception {
        ObjectKey good = new ObjectKey("uploads/good.raw");
        ObjectKey bad = new ObjectKey("uploads/bad.raw");
        ObjectKey kept = ask.put(ME, A, Requests.disk(1, 1));
        scene.durable().put(ME, A, good, Requests.disk(1, 2));
        scene.durable().put(ME, A, bad, Requests.disk(1, 3));

        ask.imports().importImage(ask.me(), importing(A, good, kept));
        ask.imports().importImage(ask.me(), importing(A, bad));
        scene.durable().put(ME, A, bad, Requests.disk(1, 4)); // not the one that was to be imported
        scene.work();

        Bucket bucket = scene.shop().buckets().find(ME, A, Buckets.DEFAULT).orElseThrow();
        assertThat(bucket.open(good)).isEmpty();
        assertThat(bucket.open(kept)).isPresent();
        assertThat(bucket.open(bad)).isPresent();
    }
}
