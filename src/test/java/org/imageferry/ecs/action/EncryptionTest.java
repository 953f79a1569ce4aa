package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.CopyImageRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.profile.DefaultProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.store.Buckets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What CopyImage and ExportImage say about keys: each row of their error tables, from keys that are in
/// that state, asked for by hand and by the vendor's own client.
class EncryptionTest {
    private static final RegionId THERE = new RegionId(SHANGHAI);

    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final String key = scene.keys.keys().create(EdgeScene.ACCOUNT, THERE, "").id().value();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply copy(String... more) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(
                                "RegionId", HANGZHOU,
                                "ImageId", golden.value(),
                                "DestinationRegionId", SHANGHAI));
        parameters.addAll(List.of(more));
        return scene.ask("CopyImage", parameters.toArray(String[]::new));
    }

    /// Says the same to who asks by hand and who asks with the vendor's client.
    private void isRefused(int status, String code, String message, String... encryption) {
        RawHttp.Reply reply = copy(encryption);
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
        scene.set(Instant.now()); // the vendor's client has no other clock
        CopyImageRequest request = new CopyImageRequest();
        request.setSysRegionId(HANGZHOU);
        request.setImageId(golden.value());
        request.setDestinationRegionId(SHANGHAI);
        for (int i = 0; i < encryption.length; i += 2) {
            request.putQueryParameter(encryption[i], encryption[i + 1]);
        }
        assertThat(refusal(request)).isEqualTo(code);
    }

    private String refusal(CopyImageRequest request) {
        DefaultProfile profile = DefaultProfile.getProfile(HANGZHOU, "testid", "testsecret");
        request.setSysEndpoint(scene.client().host());
        try {
            return "made " + new DefaultAcsClient(profile).getAcsResponse(request).getImageId();
        } catch (ClientException e) {
            return e.getErrCode();
        }
    }

    private void settle(boolean service, boolean customerKeys, KeySettings.Encrypt encrypt) {
        scene.write(tables ->
                tables.encryption()
                        .set(EdgeScene.ACCOUNT, new KeySettings(service, customerKeys, encrypt)));
    }

    @Test
    void anEncryptedCopyShowsItsKey() {
        RawHttp.Reply reply = copy("Encrypted", "true", "KMSKeyId", key);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        String copy = reply.json().path("ImageId").asString();
        JsonNode disk =
                scene.call("DescribeImages", "RegionId", SHANGHAI, "Status", "Waiting")
                        .at("/Images/Image/0/DiskDeviceMappings/DiskDeviceMapping/0");
        assertThat(disk.path("Encrypted").asBoolean()).isTrue();
        assertThat(disk.path("KMSKeyId").asString()).isEqualTo(key);
        for (String[] filter :
                List.of(new String[] {"Encrypted", "true"}, new String[] {"KMSKeyId", key})) {
            JsonNode snapshots =
                    scene.call("DescribeSnapshots", "RegionId", SHANGHAI, filter[0], filter[1])
                            .at("/Snapshots/Snapshot");
            assertThat(snapshots).hasSize(1);
            assertThat(snapshots.get(0).path("Encrypted").asBoolean()).isTrue();
            assertThat(snapshots.get(0).path("KMSKeyId").asString()).isEqualTo(key);
        }
        assertThat(scene.find(new ImageId(copy))).isPresent();
        assertThat(
                        scene.call("DescribeSnapshots", "RegionId", HANGZHOU, "Encrypted", "true")
                                .path("TotalCount")
                                .asInt())
                .isZero();
    }

    @Test
    void anImageUnderTheServicesKeyIsNotShared() {
        String copy = copy("Encrypted", "true").json().path("ImageId").asString();
        RawHttp.Reply reply =
                scene.ask(
                        "ModifyImageSharePermission",
                        "RegionId",
                        SHANGHAI,
                        "ImageId",
                        copy,
                        "AddAccount.1",
                        EdgeScene.OTHER.value());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("OperationDeined.EncryptedSnapshot");
        assertThat(reply.message())
                .isEqualTo("The image contains encrypted snapshots, which do not support share.");
    }

    @Test
    void anImageIsEncryptedInItsOwnRegion() {
        RawHttp.Reply reply = copy("DestinationRegionId", HANGZHOU, "Encrypted", "true");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void aKeyNeedsEncryption() {
        isRefused(
                400,
                "InvalidParameter.EncryptedIllegal",
                "The specified parameter Encrypted must be true when kmsKeyId is not empty.",
                "KMSKeyId",
                key);
    }

    @Test
    void aRegionMayHaveNoKeyService() {
        scene.keys.configure(THERE, new KeyPolicy(false, true));
        isRefused(
                400,
                "InvalidParameter.KmsNotEnabled",
                "The specified operation need enable KMS.",
                "Encrypted",
                "true");
    }

    @Test
    void aRegionMayHaveNoKeysOfCustomers() {
        scene.write(tables -> {
            RegionRules rules = tables.regions().rules(THERE);
            tables.regions()
                    .setRules(
                            THERE,
                            new RegionRules(
                                    rules.copying(),
                                    false,
                                    rules.oldestSnapshot(),
                                    rules.barredDestinations()));
        });
        isRefused(
                403,
                "InvalidRegion.NotSupport",
                "The specified region does not support byok.",
                "Encrypted",
                "true",
                "KMSKeyId",
                key);
    }

    @Test
    void anAccountMayNotBeAllowedKeysOfItsOwn() {
        settle(true, false, KeySettings.Encrypt.ASKED);
        isRefused(
                403,
                "UserNotInTheWhiteList",
                "The user is not in byok white list.",
                "Encrypted",
                "true",
                "KMSKeyId",
                key);
    }

    @Test
    void anAccountMayNotLetTheKeyServiceBeUsed() {
        settle(false, true, KeySettings.Encrypt.ASKED);
        isRefused(
                403,
                "OperationDenied.KmsServiceUnauthorized",
                "The account is not authorized to kms service, please authorize it.",
                "Encrypted",
                "true");
    }

    @Test
    void aKeyThatThereIsNotIsNotFound() {
        String elsewhere =
                scene.keys
                        .keys()
                        .create(EdgeScene.ACCOUNT, new RegionId(HANGZHOU), "")
                        .id()
                        .value();
        String theirs = scene.keys.keys().create(EdgeScene.OTHER, THERE, "").id().value();
        for (String name : List.of("none", elsewhere, theirs, "alias/none")) {
            isRefused(
                    404,
                    "InvalidParameter.KMSKeyId.NotFound",
                    "The specified KMSKeyId does not exist.",
                    "Encrypted",
                    "true",
                    "KMSKeyId",
                    name);
        }
    }

    @Test
    void aDisabledKeyAndOneToBeDeletedAreNotEnabled() {
        scene.keys.keys().disable(EdgeScene.ACCOUNT, THERE, key);
        isNotEnabled();
        scene.keys.keys().scheduleDeletion(EdgeScene.ACCOUNT, THERE, key, 7);
        isNotEnabled();
    }

    private void isNotEnabled() {
        isRefused(
                403,
                "InvalidParameter.KMSKeyId.CMKNotEnabled",
                "The CMK needs to be enabled.",
                "Encrypted",
                "true",
                "KMSKeyId",
                key);
    }

    @Test
    void aKeyMustBeGrantedToTheImageService() {
        scene.keys.keys().grant(EdgeScene.ACCOUNT, THERE, key, false);
        isRefused(
                403,
                "InvalidParameter.KMSKeyId.KMSUnauthorized",
                "ECS service have no right to access your KMS.",
                "Encrypted",
                "true",
                "KMSKeyId",
                key);
    }

    @Test
    void aDamagedKeyMakesNoDataKey() {
        scene.write(tables ->
                tables.kmsKeys().rewrap(new KeyId(key), new WrappedKey("something else")));
        isRefused(
                403,
                "InvalidParameter.DataEncryptedKeyCreateFailed",
                "Create kms data encrypted key fail. If you need further assistance, you can"
                        + " contact the KMS Technical Support.",
                "Encrypted",
                "true",
                "KMSKeyId",
                key);
    }

    @Test
    void anAccountThatEncryptsAllRefusesPlainCopies() {
        settle(true, true, KeySettings.Encrypt.ALWAYS);
        isRefused(
                403,
                "InvalidEncrypted.NotMatchDiskDefaultEncryption",
                "The specified parameter Encrypted not match for your account default encryption"
                        + " settings.",
                "Encrypted",
                "false");
    }

    @Test
    void anEncryptedImageHasNoPlainCopy() {
        KmsKey source = keyOfGolden();
        isRefused(
                403,
                "OperationDeined.EncryptedSnapshot",
                "The image contains encrypted snapshots, which do not support copying.",
                "Encrypted",
                "false");
        scene.keys.keys().disable(EdgeScene.ACCOUNT, source.region(), source.id().value());
        isRefused(
                403,
                "InvalidParameter.KMSKeyId.CMKNotEnabled",
                "The CMK needs to be enabled.",
                "Encrypted",
                "true");
    }

    @Test
    void anEncryptedImageIsExportedWhileItsKeyAndItsRegionAllowIt() {
        KmsKey source = keyOfGolden();
        scene.object("placeholder", 1); // makes the bucket
        assertThat(export().status()).isEqualTo(200);
        ImageId other = scene.image("other");
        encrypt(other, source);
        scene.keys.keys().disable(EdgeScene.ACCOUNT, source.region(), source.id().value());
        assertThat(export(other).code()).isEqualTo("InvalidParameter.KMSKeyId.CMKNotEnabled");
        scene.keys.configure(source.region(), new KeyPolicy(true, false));
        RawHttp.Reply reply = export(other);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("ImageNotSupported");
        assertThat(reply.message())
                .isEqualTo(
                        "The specified Image contains encrypted snapshots, do not support export.");
    }

    private RawHttp.Reply export() {
        return export(golden);
    }

    private RawHttp.Reply export(ImageId image) {
        return scene.ask(
                "ExportImage",
                "RegionId",
                HANGZHOU,
                "ImageId",
                image.value(),
                "OSSBucket",
                Buckets.DEFAULT.value());
    }

    private KmsKey keyOfGolden() {
        KmsKey made = scene.keys.keys().create(EdgeScene.ACCOUNT, new RegionId(HANGZHOU), "");
        encrypt(golden, made);
        return made;
    }

    /// What a copy under this key would have made of it.
    private void encrypt(ImageId image, KmsKey with) {
        scene.write(tables -> {
            var found = tables.images().find(image).orElseThrow();
            var plain = tables.snapshots().find(found.disks().getFirst().snapshot()).orElseThrow();
            var sealed =
                    Snapshot.imported(
                                    new SnapshotId("s-" + image.value().substring(2)),
                                    found,
                                    plain.bytes(),
                                    Optional.of(new KeyVersion(with.id(), 1)))
                            .with(plain.digest().orElseThrow());
            tables.snapshots().insert(sealed);
            tables.images().update(found.with(List.of(new Disk(0, plain.bytes(), sealed.id()))));
        });
    }
}
