package org.imageferry.server;

import java.util.List;
import java.util.Map;

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

    List<String> snapshots(String region) throws Exception;

    /// @throws AssertionError if it is no exception of this client's own
    Told told(Throwable exception);
}
