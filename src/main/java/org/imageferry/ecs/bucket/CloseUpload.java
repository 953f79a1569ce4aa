package org.imageferry.ecs.bucket;

import java.util.List;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// Makes an upload an object, if what has arrived is what the sender sent.
final class CloseUpload implements BucketAction {
    @Override
    public String name() {
        return "CloseUpload";
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String right() {
        return "PutObject";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer answer(Edge.Exchange exchange, BucketRequest request) throws StoreException {
        long length = request.length();
        long count = request.required("Extents", 0);
        String digest = request.parameters().require("Sha256");
        Upload upload = request.bucket().upload(request.key(), length);
        List<Upload.Arrived> arrived = upload.arrived();
        if (arrived.size() != count || !Extents.digest(arrived).toString().equals(digest)) {
            throw new RefusedException(
                    new Refusal.UploadMismatch(
                            request.key(),
                            "the sender speaks of "
                                    + count
                                    + " extents with digest "
                                    + digest
                                    + ", but "
                                    + arrived.size()
                                    + " with "
                                    + Extents.digest(arrived)
                                    + " have arrived: compare them by DescribeUpload and send what"
                                    + " differs"));
        }
        upload.close();
        return Edge.success(exchange, name() + "Response", Extents.tree());
    }
}
