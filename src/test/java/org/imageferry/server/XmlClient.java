package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Speaks as Apache Libcloud does: all in the query of a GET, signed by the older family, answers in
/// XML. Source: `libcloud/common/aliyun.py` and `libcloud/compute/drivers/ecs.py`.
record XmlClient(int port, String accessKeyId, String secret) implements VendorClient {
    /// As `get_data` of Libcloud's responses finds errors.
    private static final class XmlException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Told told;

        XmlException(Told told) {
            super(told.message());
            this.told = told;
        }
    }

    private Document call(String action, String... parameters) throws Exception {
        String[] all = Arrays.copyOf(parameters, parameters.length + 2);
        all[parameters.length] = "Format";
        all[parameters.length + 1] = "XML";
        RawHttp.Reply reply =
                new Sender(port, Instant.now()).as(accessKeyId, secret).rpc(action, all);
        assertThat(reply.header("content-type")).isEqualTo("text/xml;charset=utf-8");
        Document document =
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(reply.text())));
        String root = document.getDocumentElement().getTagName();
        if (reply.status() != 200) {
            assertThat(root).isEqualTo("Error");
            throw new XmlException(
                    new Told(
                            text(document, "/Error/Code"),
                            text(document, "/Error/Message"),
                            text(document, "/Error/RequestId")));
        }
        assertThat(root).isEqualTo(action + "Response");
        return document;
    }

    private static String text(Node in, String path) throws XPathExpressionException {
        return xpath().evaluate(path, in);
    }

    private static List<Node> nodes(Node in, String path) throws XPathExpressionException {
        NodeList found = (NodeList) xpath().evaluate(path, in, XPathConstants.NODESET);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            nodes.add(found.item(i));
        }
        return nodes;
    }

    private static List<String> texts(Node in, String path) throws XPathExpressionException {
        return nodes(in, path).stream().map(Node::getTextContent).toList();
    }

    private static XPath xpath() {
        return XPathFactory.newDefaultInstance().newXPath();
    }

    @Override
    public List<String> regions() throws Exception {
        return texts(call("DescribeRegions"), "/*/Regions/Region/RegionId");
    }

    @Override
    public String importImage(String name) throws Exception {
        Document answer =
                call(
                        "ImportImage",
                        "RegionId",
                        RealServer.SOURCE,
                        "ImageName",
                        name,
                        "DiskDeviceMapping.1.OSSBucket",
                        RealServer.BUCKET,
                        "DiskDeviceMapping.1.OSSObject",
                        RealServer.OBJECT,
                        "DiskDeviceMapping.1.Format",
                        "RAW");
        return text(answer, "/*/ImageId");
    }

    @Override
    public String copy(Copying copying) throws Exception {
        return text(call("CopyImage", parameters(copying)), "/*/ImageId");
    }

    @Override
    public void tryCopy(Copying copying) throws Exception {
        call("CopyImage", parameters(copying, "DryRun", "true"));
    }

    private static String[] parameters(Copying copying, String... more) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(
                                "RegionId",
                                RealServer.SOURCE,
                                "ImageId",
                                copying.image(),
                                "DestinationRegionId",
                                copying.destination(),
                                "DestinationImageName",
                                copying.name()));
        int number = 1;
        for (Map.Entry<String, String> tag : copying.tags().entrySet()) {
            parameters.addAll(List.of("Tag." + number + ".Key", tag.getKey()));
            parameters.addAll(List.of("Tag." + number + ".Value", tag.getValue()));
            number++;
        }
        parameters.addAll(List.of(more));
        return parameters.toArray(String[]::new);
    }

    @Override
    public void tryImages(String region) throws Exception {
        call("DescribeImages", "RegionId", region, "DryRun", "true");
    }

    @Override
    public List<Shown> images(String region, Filter filter) throws Exception {
        List<String> parameters = new ArrayList<>(List.of("RegionId", region));
        if (!filter.image().isEmpty()) {
            parameters.addAll(List.of("ImageId", filter.image()));
        }
        if (!filter.status().isEmpty()) {
            parameters.addAll(List.of("Status", filter.status()));
        }
        if (!filter.tagKey().isEmpty()) {
            parameters.addAll(List.of("Tag.1.Key", filter.tagKey()));
        }
        Document answer = call("DescribeImages", parameters.toArray(String[]::new));
        List<Shown> images = new ArrayList<>();
        for (Node image : nodes(answer, "/*/Images/Image")) {
            images.add(shown(image));
        }
        return images;
    }

    private static Shown shown(Node image) throws XPathExpressionException {
        Map<String, String> tags = new HashMap<>();
        for (Node tag : nodes(image, "Tags/Tag")) {
            tags.put(text(tag, "TagKey"), text(tag, "TagValue"));
        }
        return new Shown(
                text(image, "ImageId"),
                text(image, "ImageName"),
                text(image, "Status"),
                text(image, "Progress"),
                Boolean.parseBoolean(text(image, "IsCopied")),
                tags,
                texts(image, "DiskDeviceMappings/DiskDeviceMapping/SnapshotId"));
    }

    @Override
    public void tag(String region, String image, String key, String value) throws Exception {
        call(
                "TagResources",
                "RegionId",
                region,
                "ResourceType",
                "image",
                "ResourceId.1",
                image,
                "Tag.1.Key",
                key,
                "Tag.1.Value",
                value);
    }

    @Override
    public void share(String region, String image, String account) throws Exception {
        modifySharing(region, image, "AddAccount.1", account);
    }

    @Override
    public void unshare(String region, String image, String account) throws Exception {
        modifySharing(region, image, "RemoveAccount.1", account);
    }

    private void modifySharing(String region, String image, String change, String account)
            throws Exception {
        call("ModifyImageSharePermission", "RegionId", region, "ImageId", image, change, account);
    }

    @Override
    public List<String> sharedWith(String region, String image) throws Exception {
        Document answer =
                call("DescribeImageSharePermission", "RegionId", region, "ImageId", image);
        return texts(answer, "/*/Accounts/Account/AliyunId");
    }

    @Override
    public void cancel(String region, String copy) throws Exception {
        call("CancelCopyImage", "RegionId", region, "ImageId", copy);
    }

    @Override
    public void deleteImage(String region, String image) throws Exception {
        call("DeleteImage", "RegionId", region, "ImageId", image);
    }

    @Override
    public void deleteSnapshot(String snapshot) throws Exception {
        call("DeleteSnapshot", "SnapshotId", snapshot);
    }

    @Override
    public Map<String, String> snapshots(String region) throws Exception {
        Map<String, String> snapshots = new HashMap<>();
        Document answer = call("DescribeSnapshots", "RegionId", region);
        for (Node snapshot : nodes(answer, "/*/Snapshots/Snapshot")) {
            snapshots.put(text(snapshot, "SnapshotId"), text(snapshot, "Status"));
        }
        return snapshots;
    }

    @Override
    public String copySnapshot(String snapshot, String destination, String name) throws Exception {
        Document answer =
                call(
                        "CopySnapshot",
                        "RegionId",
                        RealServer.SOURCE,
                        "SnapshotId",
                        snapshot,
                        "DestinationRegionId",
                        destination,
                        "DestinationSnapshotName",
                        name);
        return text(answer, "/*/SnapshotId");
    }

    @Override
    public String createImage(String region, String snapshot, String name) throws Exception {
        Document answer =
                call("CreateImage", "RegionId", region, "SnapshotId", snapshot, "ImageName", name);
        return text(answer, "/*/ImageId");
    }

    @Override
    public Told told(Throwable exception) {
        assertThat(exception).isInstanceOf(XmlException.class);
        return ((XmlException) exception).told;
    }

    @Override
    public String toString() {
        return "XML by GET";
    }
}
