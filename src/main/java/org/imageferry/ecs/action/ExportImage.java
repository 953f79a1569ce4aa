package org.imageferry.ecs.action;

import java.util.Locale;
import java.util.regex.Pattern;
import org.imageferry.copy.Caller;
import org.imageferry.copy.ExportRequest;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import org.imageferry.ecs.TransferErrors;
import tools.jackson.databind.node.ObjectNode;

/// Writes an image into a bucket. Source: ECS API 2014-05-26, ExportImage.
final class ExportImage implements Action {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9]{0,30}");

    private static final String ADVICE =
            "Images are exported as raw, qcow2 or vhd, and only qcow2 is compressed. For another format"
                    + " export as qcow2 and convert the file, for instance with qemu-img convert -O vmdk.";

    private final ImageExports exports;
    private final RegionMap regions;

    ExportImage(Engine engine) {
        this.exports = engine.exports();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ExportImage";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        ExportRequest asked = read(request.parameters());
        return new Prepared(
                Touched.image(asked.region(), asked.image()),
                () -> export(request.caller(), asked));
    }

    private ObjectNode export(Caller caller, ExportRequest asked) {
        String task = exports.export(caller, asked).value();
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", asked.region().value());
        tree.put("TaskId", task);
        tree.put("ExportTaskId", task); // so called in the page of 2021
        return tree;
    }

    private ExportRequest read(Parameters parameters) {
        RegionId region = Asked.region(parameters, regions);
        String prefix = parameters.text("OSSPrefix");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new EcsException(
                    new EcsError(
                            400,
                            "InvalidOSSPrefix.Malformed",
                            "The specified OSSPrefix format is wrongly formed."));
        }
        return new ExportRequest(
                region,
                Asked.image(parameters),
                new BucketName(parameters.require("OSSBucket")),
                prefix,
                format(parameters),
                parameters.is("DryRun"));
    }

    /// `Compressed` is a parameter of our own.
    private static ExportFormat format(Parameters parameters) {
        String format = parameters.find("ImageFormat").orElse("raw").toLowerCase(Locale.ROOT);
        return ExportFormat.of(format, parameters.is("Compressed"))
                .orElseThrow(() -> new EcsException(TransferErrors.IMAGE_FORMAT.advising(ADVICE)));
    }

    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = Asked.taskError(refusal);
        return switch (refusal) {
            case Refusal.ImageNotAvailable _ ->
                    error.saying("The specified Image is not available.");
            case Refusal _ -> error;
        };
    }
}
