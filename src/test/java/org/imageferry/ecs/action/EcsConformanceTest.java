package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import com.aliyun.ecs20140526.Client;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.CancelCopyImageRequest;
import com.aliyuncs.ecs.model.v20140526.CopyImageRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteImageRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImagesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImagesResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeRegionsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeRegionsResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeSnapshotsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeSnapshotsResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeTasksRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeTasksResponse;
import com.aliyuncs.ecs.model.v20140526.ExportImageRequest;
import com.aliyuncs.ecs.model.v20140526.ExportImageResponse;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.profile.DefaultProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The vendor's own clients, unchanged, against our server.
class EcsConformanceTest {
    private final ActionScene scene = new ActionScene();

    @BeforeEach
    void useTheClientsClock() {
        scene.set(Instant.now());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private <T extends AcsResponse> T classic(AcsRequest<T> request) throws ClientException {
        return classic("testsecret", request);
    }

    private <T extends AcsResponse> T classic(String secret, AcsRequest<T> request)
            throws ClientException {
        DefaultProfile profile = DefaultProfile.getProfile(HANGZHOU, "testid", secret);
        request.setSysEndpoint(scene.client().host());
        return new DefaultAcsClient(profile).getAcsResponse(request);
    }

    private CopyImageRequest copy(ImageId image, String name) {
        CopyImageRequest request = new CopyImageRequest();
        request.setSysRegionId(HANGZHOU);
        request.setImageId(image.value());
        request.setDestinationRegionId(SHANGHAI);
        request.setDestinationImageName(name);
        request.setEncrypted(false);
        CopyImageRequest.Tag tag = new CopyImageRequest.Tag();
        tag.setKey("k 1*~");
        tag.setValue("中");
        request.setTags(List.of(tag));
        return request;
    }

    private DescribeImagesResponse images(String region, String status, FormatType format)
            throws ClientException {
        DescribeImagesRequest request = new DescribeImagesRequest();
        request.setSysRegionId(region);
        request.setStatus(status);
        request.setSysAcceptFormat(format);
        return classic(request);
    }

    @Test
    void theClassicClientCopiesFollowsAndCancels() throws ClientException {
        String copy = classic(copy(scene.image("golden"), "copy")).getImageId();

        DescribeImagesResponse.Image image =
                images(SHANGHAI, "Waiting", FormatType.JSON).getImages().getFirst();
        assertThat(image.getImageId()).isEqualTo(copy);
        assertThat(image.getIsCopied()).isTrue();
        assertThat(image.getProgress()).isEqualTo("0%");
        assertThat(image.getTags().getFirst().getTagValue()).isEqualTo("中");
        assertThat(image.getDiskDeviceMappings().getFirst().getSnapshotId()).startsWith("s-");
        assertThat(images(SHANGHAI, "Available", FormatType.JSON).getImages()).isEmpty();

        CancelCopyImageRequest cancel = new CancelCopyImageRequest();
        cancel.setSysRegionId(SHANGHAI);
        cancel.setImageId(copy);
        assertThat(classic(cancel).getRequestId()).isNotEmpty();
        assertThat(images(SHANGHAI, "ALL", FormatType.JSON).getImages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void theClassicClientReadsBothFormats(FormatType format) throws ClientException {
        scene.image(EdgeScene.ACCOUNT, "golden", new Tags(Map.of("a", "<b>")), 5_000);

        DescribeImagesResponse.Image image =
                images(HANGZHOU, "Available", format).getImages().getFirst();

        assertThat(image.getImageName()).isEqualTo("golden");
        assertThat(image.getSize()).isEqualTo(1);
        assertThat(image.getImageOwnerId()).isEqualTo(1111111111111111L);
        assertThat(image.getIsSelfShared()).isEqualTo("False");
        assertThat(image.getTags().getFirst().getTagValue()).isEqualTo("<b>");
        assertThat(image.getDiskDeviceMappings().getFirst().getSize()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = MethodType.class,
            names = {"GET", "POST"})
    void theClassicClientListsRegionsByAnyMethod(MethodType method) throws ClientException {
        DescribeRegionsRequest request = new DescribeRegionsRequest();
        request.setSysMethod(method);

        assertThat(classic(request).getRegions())
                .extracting(DescribeRegionsResponse.Region::getRegionId)
                .containsExactly(HANGZHOU, SHANGHAI);
    }

    @Test
    void theClassicClientSeesOurErrors() {
        ClientException unknown =
                catchThrowableOfType(
                        ClientException.class,
                        () -> classic(copy(new ImageId("m-zzzzzzzzzzzzzzzzzzzz"), "copy")));

        assertThat(unknown.getErrCode()).isEqualTo("InvalidImageId.NotFound");
        assertThat(unknown.getErrMsg()).isEqualTo("The specified ImageId does not exist.");
        assertThat(unknown.getRequestId()).isNotEmpty();
    }

    /// It compares what it signed with what our message says should have been.
    @Test
    void theClassicClientKnowsThatItsSecretIsWrong() {
        ClientException wrong =
                catchThrowableOfType(
                        ClientException.class,
                        () -> classic("wrong", new DescribeRegionsRequest()));

        assertThat(wrong.getErrCode()).isEqualTo("SDK.InvalidAccessKeySecret");
    }

    @Test
    void theClassicClientFollowsTasksAndSnapshots() throws ClientException {
        ImageId golden = scene.image("golden");
        ExportImageRequest export = new ExportImageRequest();
        export.setImageId(golden.value());
        export.setOSSBucket("images");
        ExportImageResponse exported = classic(export);
        DescribeTasksRequest tasks = new DescribeTasksRequest();
        tasks.setTaskIds(exported.getTaskId());
        DescribeTasksResponse.Task task = classic(tasks).getTaskSet().getFirst();
        DescribeSnapshotsRequest snapshots = new DescribeSnapshotsRequest();
        DescribeSnapshotsResponse.Snapshot snapshot = classic(snapshots).getSnapshots().getFirst();

        assertThat(task.getTaskStatus()).isEqualTo("Waiting");
        assertThat(task.getTaskAction()).isEqualTo("ExportImage");
        assertThat(snapshot.getUsage()).isEqualTo("image");
        assertThat(snapshot.getAvailable()).isTrue();
        DeleteImageRequest delete = new DeleteImageRequest();
        delete.setImageId(golden.value());
        assertThat(catchThrowableOfType(ClientException.class, () -> classic(delete)).getErrCode())
                .isEqualTo("ImageIsExporting");
    }

    private Client tea(String secret) throws Exception {
        return new Client(
                new Config()
                        .setAccessKeyId("testid")
                        .setAccessKeySecret(secret)
                        .setRegionId(HANGZHOU)
                        .setProtocol("HTTP")
                        .setEndpoint(scene.client().host()));
    }

    private static com.aliyun.ecs20140526.models.CopyImageRequest teaCopy(ImageId image) {
        return new com.aliyun.ecs20140526.models.CopyImageRequest()
                .setRegionId(HANGZHOU)
                .setImageId(image.value())
                .setDestinationRegionId(SHANGHAI)
                .setDestinationImageName("copy")
                .setTag(
                        List.of(
                                new com.aliyun.ecs20140526.models.CopyImageRequest
                                                .CopyImageRequestTag()
                                        .setKey("k 1*~")
                                        .setValue("中")));
    }

    @Test
    void theNewerClientCopiesFollowsAndCancels() throws Exception {
        ImageId golden = scene.image("golden");
        String copy = tea("testsecret").copyImage(teaCopy(golden)).getBody().getImageId();
        var request =
                new com.aliyun.ecs20140526.models.DescribeImagesRequest()
                        .setRegionId(SHANGHAI)
                        .setStatus("Waiting");
        var images = tea("testsecret").describeImages(request).getBody();
        var cancel =
                new com.aliyun.ecs20140526.models.CancelCopyImageRequest()
                        .setRegionId(SHANGHAI)
                        .setImageId(copy);

        assertThat(images.getTotalCount()).isEqualTo(1);
        var image = images.getImages().getImage().getFirst();
        assertThat(image.getImageId()).isEqualTo(copy);
        assertThat(image.getTags().getTag().getFirst().getTagKey()).isEqualTo("k 1*~");
        assertThat(image.getFeatures().getNvmeSupport()).isEqualTo("unsupported");
        assertThat(tea("testsecret").cancelCopyImage(cancel).getStatusCode()).isEqualTo(200);
        assertThat(tea("testsecret").describeImages(request).getBody().getImages().getImage())
                .isEmpty();
    }

    @Test
    void theNewerClientSeesOurErrors() throws Exception {
        Client client = tea("testsecret");
        Client wrong = tea("wrong");
        ImageId unknown = new ImageId("m-zzzzzzzzzzzzzzzzzzzz");

        TeaException refused =
                catchThrowableOfType(TeaException.class, () -> client.copyImage(teaCopy(unknown)));
        TeaException unsigned =
                catchThrowableOfType(TeaException.class, () -> wrong.copyImage(teaCopy(unknown)));

        assertThat(refused.getCode()).isEqualTo("InvalidImageId.NotFound");
        assertThat(refused.getMessage())
                .startsWith("code: 404, The specified ImageId does not exist. request id: ");
        assertThat(unsigned.getCode()).isEqualTo("SignatureDoesNotMatch");
    }
}
