package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which encrypted images others may see.
class EncryptedSharingTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    /// An image in region A.
    private ImageId encrypted(Optional<String> key) throws Exception {
        CopyRequest plain = Requests.copying(ask.image(1), A, A);
        ImageId copy =
                ask.copies().copy(ask.me(), Requests.encrypted(plain, Optional.of(true), key));
        scene.work();
        return copy;
    }

    private void share(ImageId image, boolean everybody, AccountId... accounts) {
        ShareRequest request =
                new ShareRequest(List.of(accounts), List.of(), Optional.of(everybody), false);
        ask.sharing().share(ask.me(), A, image, request);
    }

    private void publish(ImageId image, RegionId... into) {
        ask.sharing().publish(ask.me(), A, image, Set.of(into));
    }

    @Test
    void whatAServiceKeyEncryptsIsForNobodyElse() throws Exception {
        ImageId image = encrypted(Optional.empty());
        Refusal refusal = new Refusal.EncryptedShare(image);
        assertRefused(refusal, () -> share(image, false, OTHER));
        assertRefused(refusal, () -> share(image, true));
        assertRefused(refusal, () -> publish(image, B));
        share(image, false);
        publish(image);
    }

    @Test
    void whatOnesOwnKeyEncryptsIsSharedWithAccountsAsLongAsTheKeyIsEnabled() throws Exception {
        KmsKey key = scene.keys().keys().create(ME, A, "");
        ImageId image = encrypted(Optional.of(key.id().value()));
        assertRefused(new Refusal.EncryptedShare(image), () -> share(image, true));
        assertRefused(new Refusal.EncryptedShare(image), () -> publish(image, B));
        share(image, false, OTHER);
        ImageId theirs = ask.copy(OTHER, image, A, A);
        scene.work();
        assertThat(ask.content(theirs)).containsExactlyElementsOf(ask.content(image));
        scene.keys().keys().disable(ME, A, key.id().value());
        assertRefused(
                new Refusal.KeyNotUsable(key.id().value()), () -> ask.copy(OTHER, image, A, A));
    }

    @Test
    void whoCanNotSeeAnImageLearnsNothingOfItsKey() throws Exception {
        ImageId image = encrypted(Optional.empty());
        ShareRequest request = new ShareRequest(List.of(ME), List.of(), Optional.empty(), false);
        assertRefused(
                new Refusal.UnknownImage(image),
                () -> ask.sharing().share(ask.caller(OTHER), A, image, request));
    }
}
