package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.CancelCopyImageRequest;
import com.aliyuncs.ecs.model.v20140526.CopyImageRequest;
import com.aliyuncs.ecs.model.v20140526.CopySnapshotRequest;
import com.aliyuncs.ecs.model.v20140526.CreateImageRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteImageRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteSnapshotRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImageSharePermissionRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImageSharePermissionResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeImagesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImagesResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeRegionsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeRegionsResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeSnapshotsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeSnapshotsResponse;
import com.aliyuncs.ecs.model.v20140526.ImportImageRequest;
import com.aliyuncs.ecs.model.v20140526.ModifyImageSharePermissionRequest;
import com.aliyuncs.ecs.model.v20140526.TagResourcesRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `aliyun-java-sdk-ecs`, the older family.
///
/// @param host with its port
/// @param format in which it wants answers
record ClassicClient(String host, String accessKeyId, String secret, FormatType format)
        implements VendorClient {
    private <T extends AcsResponse> T call(String region, AcsRequest<T> request)
            throws ClientException {
        request.setSysEndpoint(host);
        request.setSysAcceptFormat(format);
        request.setSysRegionId(region);
        DefaultProfile profile = DefaultProfile.getProfile(region, accessKeyId, secret);
        return new DefaultAcsClient(profile).getAcsResponse(request);
    }

    @Override
    public List<String> regions() throws ClientException {
        return call(RealServer.SOURCE, new DescribeRegionsRequest()).getRegions().stream()
                .map(DescribeRegionsResponse.Region::getRegionId)
                .toList();
    }

    @Override
    public String importImage(String name) throws ClientException {
        ImportImageRequest.DiskDeviceMapping disk = new ImportImageRequest.DiskDeviceMapping();
        disk.setOSSBucket(RealServer.BUCKET);
        disk.setOSSObject(RealServer.OBJECT);
        disk.setFormat("RAW");
        ImportImageRequest request = new ImportImageRequest();
        request.setImageName(name);
        request.setDiskDeviceMappings(List.of(disk));
        return call(RealServer.SOURCE, request).getImageId();
    }

    @Override
    public String copy(Copying copying) throws ClientException {
        return call(RealServer.SOURCE, request(copying)).getImageId();
    }

    /// It has no word of its own for DryRun here, but lets any parameter be put.
    @Override
    public void tryCopy(Copying copying) throws ClientException {
        CopyImageRequest request = request(copying);
        request.putQueryParameter("DryRun", Boolean.TRUE);
        call(RealServer.SOURCE, request);
    }

    private static CopyImageRequest request(Copying copying) {
        CopyImageRequest request = new CopyImageRequest();
        request.setImageId(copying.image());
        request.setDestinationRegionId(copying.destination());
        request.setDestinationImageName(copying.name());
        request.setEncrypted(false);
        request.setTags(
                copying.tags().entrySet().stream()
                        .map(entry -> {
                            CopyImageRequest.Tag tag = new CopyImageRequest.Tag();
                            tag.setKey(entry.getKey());
                            tag.setValue(entry.getValue());
                            return tag;
                        })
                        .toList());
        return request;
    }

    @Override
    public void tryImages(String region) throws ClientException {
        DescribeImagesRequest request = new DescribeImagesRequest();
        request.setDryRun(true);
        call(region, request);
    }

    @Override
    public List<Shown> images(String region, Filter filter) throws ClientException {
        DescribeImagesRequest request = new DescribeImagesRequest();
        if (!filter.image().isEmpty()) {
            request.setImageId(filter.image());
        }
        if (!filter.status().isEmpty()) {
            request.setStatus(filter.status());
        }
        if (!filter.tagKey().isEmpty()) {
            DescribeImagesRequest.Tag tag = new DescribeImagesRequest.Tag();
            tag.setKey(filter.tagKey());
            request.setTags(List.of(tag));
        }
        return call(region, request).getImages().stream().map(ClassicClient::shown).toList();
    }

    private static Shown shown(DescribeImagesResponse.Image image) {
        return new Shown(
                image.getImageId(),
                image.getImageName(),
                image.getStatus(),
                image.getProgress(),
                image.getIsCopied(),
                image.getTags().stream()
                        .collect(
                                Collectors.toMap(
                                        DescribeImagesResponse.Image.Tag::getTagKey,
                                        DescribeImagesResponse.Image.Tag::getTagValue)),
                image.getDiskDeviceMappings().stream()
                        .map(DescribeImagesResponse.Image.DiskDeviceMapping::getSnapshotId)
                        .toList());
    }

    @Override
    public void tag(String region, String image, String key, String value) throws ClientException {
        TagResourcesRequest.Tag tag = new TagResourcesRequest.Tag();
        tag.setKey(key);
        tag.setValue(value);
        TagResourcesRequest request = new TagResourcesRequest();
        request.setResourceType("image");
        request.setResourceIds(List.of(image));
        request.setTags(List.of(tag));
        call(region, request);
    }

    @Override
    public void share(String region, String image, String account) throws ClientException {
        ModifyImageSharePermissionRequest request = new ModifyImageSharePermissionRequest();
        request.setImageId(image);
        request.setAddAccounts(List.of(account));
        call(region, request);
    }

    @Override
    public void unshare(String region, String image, String account) throws ClientException {
        ModifyImageSharePermissionRequest request = new ModifyImageSharePermissionRequest();
        request.setImageId(image);
        request.setRemoveAccounts(List.of(account));
        call(region, request);
    }

    @Override
    public List<String> sharedWith(String region, String image) throws ClientException {
        DescribeImageSharePermissionRequest request = new DescribeImageSharePermissionRequest();
        request.setImageId(image);
        return call(region, request).getAccounts().stream()
                .map(DescribeImageSharePermissionResponse.Account::getAliyunId)
                .toList();
    }

    @Override
    public void cancel(String region, String copy) throws ClientException {
        CancelCopyImageRequest request = new CancelCopyImageRequest();
        request.setImageId(copy);
        call(region, request);
    }

    @Override
    public void deleteImage(String region, String image) throws ClientException {
        DeleteImageRequest request = new DeleteImageRequest();
        request.setImageId(image);
        call(region, request);
    }

    @Override
    public void deleteSnapshot(String snapshot) throws ClientException {
        DeleteSnapshotRequest request = new DeleteSnapshotRequest();
        request.setSnapshotId(snapshot);
        call(RealServer.SOURCE, request);
    }

    @Override
    public Map<String, String> snapshots(String region) throws ClientException {
        return call(region, new DescribeSnapshotsRequest()).getSnapshots().stream()
                .collect(
                        Collectors.toMap(
                                DescribeSnapshotsResponse.Snapshot::getSnapshotId,
                                DescribeSnapshotsResponse.Snapshot::getStatus));
    }

    @Override
    public String copySnapshot(String snapshot, String destination, String name)
            throws ClientException {
        CopySnapshotRequest request = new CopySnapshotRequest();
        request.setSnapshotId(snapshot);
        request.setDestinationRegionId(destination);
        request.setDestinationSnapshotName(name);
        return call(RealServer.SOURCE, request).getSnapshotId();
    }

    @Override
    public String createImage(String region, String snapshot, String name) throws ClientException {
        CreateImageRequest request = new CreateImageRequest();
        request.setSnapshotId(snapshot);
        request.setImageName(name);
        return call(region, request).getImageId();
    }

    @Override
    public Told told(Throwable exception) {
        assertThat(exception).isInstanceOf(ClientException.class);
        ClientException theirs = (ClientException) exception;
        assertThat(theirs instanceof ServerException)
                .as("its class for faults of the server, for %s", theirs.getErrCode())
                .isEqualTo(theirs.getErrCode().equals("ServiceUnavailable"));
        return new Told(theirs.getErrCode(), theirs.getErrMsg(), theirs.getRequestId());
    }

    @Override
    public String toString() {
        return "the older client, " + format;
    }
}
