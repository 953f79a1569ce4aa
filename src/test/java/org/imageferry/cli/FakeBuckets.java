package org.imageferry.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.cli.FakeFerry.Refused;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ObjectNode;

/// The buckets of a [FakeCloud]. Keys have their region before them: `cn-hangzhou/disk.raw`.
final class FakeBuckets {
    private final Map<String, FakeObject> objects = new ConcurrentHashMap<>();
    private final Map<String, FakeObject> uploads = new ConcurrentHashMap<>();

    Map<String, FakeObject> objects() {
        return objects;
    }

    Map<String, FakeObject> uploads() {
        return uploads;
    }

    void answer(Request request, byte[] body, ObjectNode answer) throws Refused {
        String key = key(request);
        switch (request.action()) {
            case "PutObjectExtent" ->
                    uploads.computeIfAbsent(key, _ -> new FakeObject(number(request, "Length")))
                            .put(number(request, "Offset"), body);
            case "DescribeUpload" -> known(uploads, key).describe(answer, true);
            case "DescribeObject" -> known(objects, key).describe(answer, false);
            case "CloseUpload" -> close(request, key);
            case "DeleteObject" -> {
                objects.remove(key);
                uploads.remove(key);
            }
            default -> throw new Refused(404, "InvalidAction.NotFound", request.action());
        }
    }

    private void close(Request request, String key) throws Refused {
        FakeObject upload =
                uploads.computeIfAbsent(key, _ -> new FakeObject(number(request, "Length")));
        if (!upload.digest().equals(request.get("Sha256"))) {
            throw new Refused(400, "InvalidOSSObject.Malformed", "The upload does not fit.");
        }
        uploads.remove(key);
        objects.put(key, upload);
    }

    byte[] range(Request request, String range) throws Refused {
        String[] ends = range.replace("bytes=", "").split("-", -1);
        long from = Long.parseLong(ends[0]);
        return known(objects, key(request)).range(from, (int) (Long.parseLong(ends[1]) - from + 1));
    }

    /// @param key with its region before it
    FakeObject object(String key) throws Refused {
        return known(objects, key);
    }

    private static FakeObject known(Map<String, FakeObject> objects, String key) throws Refused {
        FakeObject object = objects.get(key);
        if (object == null) {
            throw new Refused(404, "InvalidOSSObject.NotFound", "There is no such object.");
        }
        return object;
    }

    private static String key(Request request) {
        return request.get("RegionId") + request.path().replaceFirst("/buckets/images", "");
    }

    private static long number(Request request, String parameter) {
        return Long.parseLong(request.get(parameter));
    }
}
