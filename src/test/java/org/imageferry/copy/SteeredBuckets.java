package org.imageferry.copy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.Upload;
import org.jspecify.annotations.Nullable;

/// Buckets whose callers hand control back before each operation, and that meet accidents. What they
/// lead to (objects, uploads) is steered too.
record SteeredBuckets(Buckets buckets, Scheduler scheduler, Accidents accidents)
        implements Buckets {
    @Override
    public Optional<Bucket> find(AccountId account, RegionId region, BucketName name) {
        return buckets.find(account, region, name).map(bucket -> steered(Bucket.class, bucket));
    }

    private <T> T steered(Class<T> type, T real) {
        Object proxy =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call(real, method, arguments));
        return type.cast(proxy);
    }

    private @Nullable Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean canFail = method.getExceptionTypes().length > 0;
        if (canFail) {
            String what = method.getName() + " in a bucket";
            scheduler.pause(what);
            accidents.mayHappen("buckets", what, false);
        }
        try {
            return steered(method.invoke(real, arguments));
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable Object steered(@Nullable Object result) {
        return switch (result) {
            case Optional<?> found -> found.map(this::steered);
            case BucketObject object -> steered(BucketObject.class, object);
            case Upload upload -> steered(Upload.class, upload);
            case null, default -> result;
        };
    }
}
