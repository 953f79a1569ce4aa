package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.imageferry.catalog.ImageShares;
import org.imageferry.catalog.Page;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;

/// The tables `image_share` and `image_market`.
record JdbcImageShares(Sql sql) implements ImageShares {
    @Override
    public void add(Image image, AccountId account) {
        add(image, account, sql.now());
    }

    void add(Image image, AccountId account, Instant since) {
        sql.change(
                """
                insert into image_share (image, account, owner, region, created, shared)
                values (?, ?, ?, ?, ?, ?)
                on conflict (image, account) do nothing
                """,
                image.id(),
                account,
                image.account(),
                image.region(),
                image.created(),
                since);
    }

    @Override
    public void remove(ImageId image, AccountId account) {
        sql.change("delete from image_share where image = ? and account = ?", image, account);
    }

    @Override
    public boolean isShared(ImageId image, AccountId account) {
        return sql.exists(
                "select 1 from image_share where image = ? and account = ?", image, account);
    }

    @Override
    public Set<ImageId> sharedOf(Collection<ImageId> images) {
        return among("image_share", images);
    }

    @Override
    public Set<ImageId> publishedOf(Collection<ImageId> images) {
        return among("image_market", images);
    }

    private Set<ImageId> among(String table, Collection<ImageId> images) {
        return Set.copyOf(
                sql.list(
                        "select distinct image from "
                                + table
                                + " where "
                                + sql.dialect().in("image"),
                        row -> new ImageId(row.getString(1)),
                        sql.dialect().members(images)));
    }

    @Override
    public Page<Share> accounts(ImageId image, int offset, int limit) {
        long total = sql.number("select count(*) from image_share where image = ?", image);
        List<Share> shares =
                sql.list(
                        """
                        select account, shared from image_share where image = ?
                        order by shared, account limit ? offset ?
                        """,
                        row ->
                                new Share(
                                        new AccountId(row.getString(1)),
                                        Columns.instant(row, "shared")),
                        image,
                        limit,
                        offset);
        return new Page<>(shares, Math.toIntExact(total));
    }

    @Override
    public long sharedImages(AccountId owner, RegionId region) {
        return sql.number(
                "select count(distinct image) from image_share where owner = ? and region = ?",
                owner,
                region);
    }

    @Override
    public Set<RegionId> published(ImageId image) {
        return Set.copyOf(
                sql.list(
                        "select region from image_market where image = ?",
                        row -> new RegionId(row.getString(1)),
                        image));
    }

    @Override
    public void publish(ImageId image, Set<RegionId> regions) {
        sql.change("delete from image_market where image = ?", image);
        sql.changeEach(
                "insert into image_market values (?, ?)",
                regions.stream().map(region -> new Object[] {image, region}).toList());
    }
}
