package org.imageferry.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.Sha256;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ExportFormat;
import org.imageferry.format.FileSink;
import org.imageferry.format.ImageFile;
import org.imageferry.format.ImageWriter;
import org.imageferry.store.Upload;

/// Writes a disk as a file of some format.
///
/// The file's length must be known before the first byte is written. So all but RAW is laid out twice,
/// the first time into nowhere; that needs no content but for a compressed file, whose disk is read
/// and compressed twice. To keep the file in between would take as much room again, and to know less
/// beforehand would leave a hole at its end.
final class DiskExport {
    private final Workshop shop;
    private final Region region;
    private final Disk disk;
    private final ExportFormat format;
    private final Lease lease;

    DiskExport(Workshop shop, Region region, Disk disk, ExportFormat format, Lease lease) {
        this.shop = shop;
        this.region = region;
        this.disk = disk;
        this.format = format;
        this.lease = lease;
    }

    /// How often [#length] and [#write] together read all content.
    static int readings(ExportFormat format) {
        return format.compressed() ? 2 : 1;
    }

    /// The length that the file will have.
    long length() throws Exception {
        return switch (format) {
            case RAW -> disk.bytes();
            case QCOW2, VHD -> lay(writer(FileSink.NOWHERE), false);
            case QCOW2_COMPRESSED -> pack(FileSink.NOWHERE);
        };
    }

    void write(Upload upload) throws Exception {
        FileSink sink = (offset, content) -> upload.put(offset, content, new Sha256().of(content));
        switch (format) {
            case RAW -> copy(upload);
            case QCOW2, VHD -> lay(writer(sink), true);
            case QCOW2_COMPRESSED -> pack(sink);
        }
    }

    private interface PartStep {
        /// @param start where the part begins on the disk
        void run(long start, Manifest manifest, PartReader reader) throws Exception;
    }

    private void eachPart(PartStep step) throws Exception {
        List<Parts.Numbered> parts =
                shop.catalog().read(tables -> tables.parts().of(disk.snapshot()));
        for (Parts.Numbered part : parts) {
            Seal seal = shop.seals().of(part.part().scope());
            Manifest manifest =
                    Manifests.read(region.store(), part.part(), seal, DamageReports.of(shop));
            step.run(
                    part.number() * shop.partBytes(),
                    manifest,
                    new PartReader(shop, region, part.part(), seal));
            lease.renew();
        }
    }

    private void copy(Upload upload) throws Exception {
        eachPart((start, manifest, reader) ->
                reader.read(
                        manifest,
                        (page, content, digest) -> upload.put(at(start, page), content, digest),
                        lease));
    }

    private ImageWriter writer(FileSink sink) throws Exception {
        UUID id = UUID.nameUUIDFromBytes(disk.snapshot().value().getBytes(UTF_8));
        return format == ExportFormat.VHD
                ? ImageWriter.vhd(disk.bytes(), id, sink)
                : ImageWriter.qcow2(disk.bytes(), sink);
    }

    private long lay(ImageWriter writer, boolean content) throws Exception {
        eachPart((start, manifest, reader) -> {
            writer.part(data(start, manifest));
            if (content) {
                reader.read(
                        manifest, (page, bytes, _) -> writer.write(at(start, page), bytes), lease);
            }
        });
        return writer.finish();
    }

    private long pack(FileSink sink) throws Exception {
        PackedSlices slices =
                new PackedSlices(shop, PackedSlices.USUAL_CLUSTERS, disk.bytes(), sink, lease);
        eachPart(slices::part);
        return slices.finish();
    }

    private static List<ImageFile.Stretch> data(long start, Manifest manifest) {
        List<ImageFile.Stretch> data = new ArrayList<>(manifest.size());
        for (Manifest.Entry block : manifest.entries()) {
            data.add(new ImageFile.Stretch(at(start, block.page()), block.length()));
        }
        return data;
    }

    private static long at(long start, int page) {
        return start + (long) page * PageCutter.PAGE_BYTES;
    }
}
