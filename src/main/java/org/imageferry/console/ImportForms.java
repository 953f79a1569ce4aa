package org.imageferry.console;

/// How images come into a region: as a disk of the visitor's computer, or of a bucket.
///
/// @param path of the region's page
record ImportForms(String region, Visit visit, String path) {
    private static final Html FORMATS =
            new Html(
                    """
                    <label>Format <select name="format"><option value="">as the file looks</option>\
                    <option value="RAW">raw, whatever it holds</option><option>QCOW2</option>\
                    <option>VHD</option><option>VHDX</option><option>VMDK</option><option>VDI</option>\
                    <option value="RAW.GZ">raw, by gzip</option><option value="RAW.XZ">raw, by xz</option>\
                    <option value="RAW.ZST">raw, by zstd</option></select></label>\
                    """);

    Html all() {
        return Html.join(upload(), ofBucket());
    }

    /// The script sends the file, and then this form with the object's name: without it, the form is not
    /// shown. The file has no name here, so that it is never in the form itself.
    private Html upload() {
        return Html.of(
                """
                <section aria-labelledby="upload-title"><h2 id="upload-title">Bring in a disk</h2>\
                <noscript><p class="empty">To upload a disk here takes JavaScript. On the command line, \
                <code>imageferry import DISK --region {} --name NAME</code> does the same.</p></noscript>\
                <form class="fields" method="post" action="{}" data-upload="{}" hidden>{}\
                <input type="hidden" name="region" value="{}"><input type="hidden" name="bucket" value="images">\
                <input type="hidden" name="object" value="">\
                <label>Disk image on this computer <input type="file" required></label>\
                <label>Name of the image <input name="name" required maxlength="128"></label>{}\
                <div class="actions"><button class="main">Upload and import</button>\
                <button type="button" class="stop" hidden>Stop</button></div>\
                <div class="upload" hidden><progress max="1" value="0" aria-label="Upload"></progress>\
                <p class="amount"></p></div><p class="said" role="status"></p></form></section>
                """,
                region,
                Links.deed("import"),
                Links.BUCKETS + "images/",
                visit.formFields("upload", path),
                region,
                FORMATS);
    }

    private Html ofBucket() {
        return Html.of(
                """
                <details><summary>Import a disk that lies in a bucket already</summary>\
                <form class="fields" method="post" action="{}">{}<input type="hidden" name="region" value="{}">\
                <label>Bucket <input name="bucket" required value="images"></label>\
                <label>Object <input name="object" required placeholder="disk.qcow2"></label>\
                <label>Name of the image <input name="name" maxlength="128"></label>{}\
                <button>Import</button></form></details>
                """,
                Links.deed("import"),
                visit.formFields("import", path),
                region,
                FORMATS);
    }
}
