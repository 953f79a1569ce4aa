package org.imageferry.catalog.jdbc;

import java.time.Instant;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Accounts;
import org.imageferry.catalog.BlockIndex;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Encryption;
import org.imageferry.catalog.Events;
import org.imageferry.catalog.ImageShares;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.KmsKeys;
import org.imageferry.catalog.Nodes;
import org.imageferry.catalog.Openings;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Regions;
import org.imageferry.catalog.ResourceGroups;
import org.imageferry.catalog.Restoration;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TaggedResources;
import org.imageferry.catalog.Tasks;
import org.imageferry.catalog.Tokens;
import org.imageferry.catalog.Users;
import org.imageferry.catalog.Webhooks;

/// The tables of one transaction.
record JdbcTables(Sql sql) implements Tables {
    @Override
    public Instant now() {
        return sql.now();
    }

    @Override
    public Accounts accounts() {
        return new JdbcAccounts(sql);
    }

    @Override
    public Users users() {
        return new JdbcUsers(sql);
    }

    @Override
    public AccessKeys accessKeys() {
        return new JdbcAccessKeys(sql);
    }

    @Override
    public ResourceGroups groups() {
        return new JdbcResourceGroups(sql);
    }

    @Override
    public Regions regions() {
        return new JdbcRegions(sql);
    }

    @Override
    public Images images() {
        return new JdbcImages(sql);
    }

    @Override
    public ImageShares shares() {
        return new JdbcImageShares(sql);
    }

    @Override
    public Snapshots snapshots() {
        return new JdbcSnapshots(sql);
    }

    @Override
    public TaggedResources tagged() {
        return new JdbcTaggedResources(sql);
    }

    @Override
    public Tasks tasks() {
        return new JdbcTasks(sql);
    }

    @Override
    public Events events() {
        return new JdbcEvents(sql);
    }

    @Override
    public Webhooks webhooks() {
        return new JdbcWebhooks(sql);
    }

    @Override
    public Openings openings() {
        return new JdbcOpenings(sql);
    }

    @Override
    public Claims claims() {
        return new JdbcClaims(sql);
    }

    @Override
    public Parts parts() {
        return new JdbcParts(sql);
    }

    @Override
    public StoredObjects objects() {
        return new JdbcStoredObjects(sql);
    }

    @Override
    public BlockIndex index() {
        return new JdbcBlockIndex(sql);
    }

    @Override
    public Compaction compaction() {
        return new JdbcCompaction(sql);
    }

    @Override
    public Damage damage() {
        return new JdbcDamage(sql);
    }

    @Override
    public Outbox outbox() {
        return new JdbcOutbox(sql);
    }

    @Override
    public Tokens tokens() {
        return new JdbcTokens(sql);
    }

    @Override
    public Encryption encryption() {
        return new JdbcEncryption(sql);
    }

    @Override
    public KmsKeys kmsKeys() {
        return new JdbcKmsKeys(sql);
    }

    @Override
    public Nodes nodes() {
        return new JdbcNodes(sql);
    }

    @Override
    public Restoration restoration() {
        return new JdbcRestoration(sql);
    }
}
