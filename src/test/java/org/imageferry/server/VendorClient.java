package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.aliyuncs.http.FormatType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// One of the vendor's clients, or what speaks like one, by the calls that the walk makes. Refusals
/// come as the client's own exceptions.
interface VendorClient {
    /// An image as the client shows it.
    record Shown(
            String id,
            String name,
            String status,
            String progress,
            boolean copied,
            Map<String, String> tags,
            List<String> snapshots) {}

    /// What is asked of DescribeImages; what is empty is not sent.
    record Filter(String image, String status, String tagKey) {
        static Filter image(String id) {
            return new Filter(id, "", "");
        }

        static Filter tagged(String key) {
            return new Filter("", "", key);
        }

        Filter inAnyState() {
            return new Filter(image, "ALL", tagKey);
        }
    }

    /// @param destination a region
    record Copying(String image, String destination, String name, Map<String, String> tags) {}

    /// What an exception of the client tells.
    record Told(String code, String message, String requestId) {}

    static Stream<VendorClient> all(RealServer server, String accessKeyId, String secret) {
        int port = server.process().port();
        String host = "127.0.0.1:" + port;
        return Stream.of(
                new ClassicClient(host, accessKeyId, secret, FormatType.JSON),
                new ClassicClient(host, accessKeyId, secret, FormatType.XML),
                new NewerClient(host, accessKeyId, secret),
                new XmlClient(port, accessKeyId, secret));
    }

    /// The call must fail with this code, by the client's own exception.
    default void assertRefused(String code, ThrowingCallable call) {
        Told told = told(catchThrowable(call));
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.requestId()).matches("[0-9A-F-]{36}");
    }

    List<String> regions() throws Exception;

    /// @return the id of the image
    String importImage(String name) throws Exception;

    /// @return the id of the copy
    String copy(Copying copying) throws Exception;

    List<Shown> images(String region, Filter filter) throws Exception;

    void tag(String region, String image, String key, String value) throws Exception;

    void share(String region, String image, String account) throws Exception;

    void unshare(String region, String image, String account) throws Exception;

    /// @return the accounts that it is shared with
    List<String> sharedWith(String region, String image) throws Exception;

    void cancel(String region, String copy) throws Exception;

    void deleteImage(String region, String image) throws Exception;

    void deleteSnapshot(String snapshot) throws Exception;

    /// @return the status of each, by its id
    Map<String, String> snapshots(String region) throws Exception;

    /// Asks for a copy that it does not want.
    void tryCopy(Copying copying) throws Exception;

    /// Asks for a list of images that it does not want.
    void tryImages(String region) throws Exception;

    /// @return the id of the copy
    String copySnapshot(String snapshot, String destination, String name) throws Exception;

    /// @return the id of the image, of one disk
    String createImage(String region, String snapshot, String name) throws Exception;

    /// @throws AssertionError if it is no exception of this client's own
    Told told(Throwable exception);
}
