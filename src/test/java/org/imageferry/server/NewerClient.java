package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.CancelCopyImageRequest;
import com.aliyun.ecs20140526.models.CopyImageRequest;
import com.aliyun.ecs20140526.models.CopySnapshotRequest;
import com.aliyun.ecs20140526.models.CreateImageRequest;
import com.aliyun.ecs20140526.models.DeleteImageRequest;
import com.aliyun.ecs20140526.models.DeleteSnapshotRequest;
import com.aliyun.ecs20140526.models.DescribeImageSharePermissionRequest;
import com.aliyun.ecs20140526.models.DescribeImagesRequest;
import com.aliyun.ecs20140526.models.DescribeImagesResponseBody;
import com.aliyun.ecs20140526.models.DescribeRegionsRequest;
import com.aliyun.ecs20140526.models.DescribeSnapshotsRequest;
import com.aliyun.ecs20140526.models.ImportImageRequest;
import com.aliyun.ecs20140526.models.ModifyImageSharePermissionRequest;
import com.aliyun.ecs20140526.models.TagResourcesRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.GlobalParameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `ecs20140526`, the newer family.
///
/// @param host with its port
record NewerClient(String host, String accessKeyId, String secret) implements VendorClient {
    private Client client() throws Exception {
        return new Client(config());
    }

    private Config config() {
        return new Config()
                .setAccessKeyId(accessKeyId)
                .setAccessKeySecret(secret)
                .setRegionId(RealServer.SOURCE)
                .setProtocol("HTTP")
                .setEndpoint(host);
    }

    @Override
    public List<String> regions() throws Exception {
        return client()
                .describeRegions(new DescribeRegionsRequest())
                .getBody()
                .getRegions()
                .getRegion()
                .stream()
                .map(region -> region.getRegionId())
                .toList();
    }

    @Override
    public String importImage(String name) throws Exception {
        ImportImageRequest request =
                new ImportImageRequest()
                        .setRegionId(RealServer.SOURCE)
                        .setImageName(name)
                        .setDiskDeviceMapping(
                                List.of(
                                        new ImportImageRequest.ImportImageRequestDiskDeviceMapping()
                                                .setOSSBucket(RealServer.BUCKET)
                                                .setOSSObject(RealServer.OBJECT)
                                                .setFormat("RAW")));
        return client().importImage(request).getBody().getImageId();
    }

    @Override
    public String copy(Copying copying) throws Exception {
        return client().copyImage(request(copying)).getBody().getImageId();
    }

    /// It has no word of its own for DryRun here, but puts parameters into all requests of a client.
    @Override
    public void tryCopy(Copying copying) throws Exception {
        GlobalParameters dryRun = new GlobalParameters().setQueries(Map.of("DryRun", "true"));
        new Client(config().setGlobalParameters(dryRun)).copyImage(request(copying));
    }

    private static CopyImageRequest request(Copying copying) {
        return new CopyImageRequest()
                .setRegionId(RealServer.SOURCE)
                .setImageId(copying.image())
                .setDestinationRegionId(copying.destination())
                .setDestinationImageName(copying.name())
                .setTag(
                        copying.tags().entrySet().stream()
                                .map(entry ->
                                        new CopyImageRequest.CopyImageRequestTag()
                                                .setKey(entry.getKey())
                                                .setValue(entry.getValue()))
                                .toList());
    }

    @Override
    public void tryImages(String region) throws Exception {
        client().describeImages(new DescribeImagesRequest().setRegionId(region).setDryRun(true));
    }

    @Override
    public List<Shown> images(String region, Filter filter) throws Exception {
        DescribeImagesRequest request = new DescribeImagesRequest().setRegionId(region);
        if (!filter.image().isEmpty()) {
            request.setImageId(filter.image());
        }
        if (!filter.status().isEmpty()) {
            request.setStatus(filter.status());
        }
        if (!filter.tagKey().isEmpty()) {
            request.setTag(
                    List.of(
                            new DescribeImagesRequest.DescribeImagesRequestTag()
                                    .setKey(filter.tagKey())));
        }
        return client().describeImages(request).getBody().getImages().getImage().stream()
                .map(NewerClient::shown)
                .toList();
    }

    private static Shown shown(
            DescribeImagesResponseBody.DescribeImagesResponseBodyImagesImage image) {
        return new Shown(
                image.getImageId(),
                image.getImageName(),
                image.getStatus(),
                image.getProgress(),
                image.getIsCopied(),
                image.getTags().getTag().stream()
                        .collect(
                                Collectors.toMap(tag -> tag.getTagKey(), tag -> tag.getTagValue())),
                image.getDiskDeviceMappings().getDiskDeviceMapping().stream()
                        .map(disk -> disk.getSnapshotId())
                        .toList());
    }

    @Override
    public void tag(String region, String image, String key, String value) throws Exception {
        client().tagResources(
                        new TagResourcesRequest()
                                .setRegionId(region)
                                .setResourceType("image")
                                .setResourceId(List.of(image))
                                .setTag(
                                        List.of(
                                                new TagResourcesRequest.TagResourcesRequestTag()
                                                        .setKey(key)
                                                        .setValue(value))));
    }

    @Override
    public void share(String region, String image, String account) throws Exception {
        client().modifyImageSharePermission(
                        new ModifyImageSharePermissionRequest()
                                .setRegionId(region)
                                .setImageId(image)
                                .setAddAccount(List.of(account)));
    }

    @Override
    public void unshare(String region, String image, String account) throws Exception {
        client().modifyImageSharePermission(
                        new ModifyImageSharePermissionRequest()
                                .setRegionId(region)
                                .setImageId(image)
                                .setRemoveAccount(List.of(account)));
    }

    @Override
    public List<String> sharedWith(String region, String image) throws Exception {
        return client()
                .describeImageSharePermission(
                        new DescribeImageSharePermissionRequest()
                                .setRegionId(region)
                                .setImageId(image))
                .getBody()
                .getAccounts()
                .getAccount()
                .stream()
                .map(account -> account.getAliyunId())
                .toList();
    }

    @Override
    public void cancel(String region, String copy) throws Exception {
        client().cancelCopyImage(new CancelCopyImageRequest().setRegionId(region).setImageId(copy));
    }

    @Override
    public void deleteImage(String region, String image) throws Exception {
        client().deleteImage(new DeleteImageRequest().setRegionId(region).setImageId(image));
    }

    @Override
    public void deleteSnapshot(String snapshot) throws Exception {
        client().deleteSnapshot(new DeleteSnapshotRequest().setSnapshotId(snapshot));
    }

    @Override
    public Map<String, String> snapshots(String region) throws Exception {
        return client()
                .describeSnapshots(new DescribeSnapshotsRequest().setRegionId(region))
                .getBody()
                .getSnapshots()
                .getSnapshot()
                .stream()
                .collect(Collectors.toMap(it -> it.getSnapshotId(), it -> it.getStatus()));
    }

    @Override
    public String copySnapshot(String snapshot, String destination, String name) throws Exception {
        CopySnapshotRequest request =
                new CopySnapshotRequest()
                        .setRegionId(RealServer.SOURCE)
                        .setSnapshotId(snapshot)
                        .setDestinationRegionId(destination)
                        .setDestinationSnapshotName(name);
        return client().copySnapshot(request).getBody().getSnapshotId();
    }

    @Override
    public String createImage(String region, String snapshot, String name) throws Exception {
        CreateImageRequest request =
                new CreateImageRequest()
                        .setRegionId(region)
                        .setSnapshotId(snapshot)
                        .setImageName(name);
        return client().createImage(request).getBody().getImageId();
    }

    @Override
    public Told told(Throwable exception) {
        assertThat(exception).isInstanceOf(TeaException.class);
        TeaException theirs = (TeaException) exception;
        String requestId = String.valueOf(theirs.getData().get("RequestId"));
        return new Told(theirs.getCode(), String.valueOf(theirs.getMessage()), requestId);
    }

    @Override
    public String toString() {
        return "the newer client";
    }
}
