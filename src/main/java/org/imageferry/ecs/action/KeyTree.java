package org.imageferry.ecs.action;

import java.time.Instant;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.NamedKey;
import tools.jackson.databind.node.ObjectNode;

/// A key as answers show it. Source: KMS API 2016-01-20, DescribeKey, "Response parameters". The last
/// member is ours: who may use the key is a matter of policies at Alibaba Cloud.
final class KeyTree {
    private KeyTree() {}

    static ObjectNode metadata(KmsKey key) {
        ObjectNode tree = Trees.tree();
        write(tree.putObject("KeyMetadata"), key);
        return tree;
    }

    private static void write(ObjectNode tree, KmsKey key) {
        tree.put("KeyId", key.id().value());
        tree.put("Arn", arn(key));
        tree.put("Description", key.description());
        tree.put("Creator", key.service() ? "Ecs" : key.account().value());
        tree.put("CreationDate", Times.seconds(key.created()));
        tree.put("KeyState", state(key.state()));
        tree.put("DeleteDate", deletion(key.state()));
        tree.put("KeyUsage", "ENCRYPT/DECRYPT");
        tree.put("KeySpec", "Aliyun_AES_256");
        tree.put("Origin", "Aliyun_KMS");
        tree.put("MaterialExpireTime", "");
        tree.put("ProtectionLevel", "SOFTWARE");
        tree.put("PrimaryKeyVersion", "1");
        tree.put("AutomaticRotation", "Disabled");
        tree.put("DeletionProtection", "Disabled");
        tree.put("ImageServiceUse", key.granted() ? "Granted" : "Revoked");
    }

    static String arn(KmsKey key) {
        return "acs:kms:%s:%s:key/%s".formatted(key.region(), key.account(), key.id());
    }

    static void write(ObjectNode tree, NamedKey alias) {
        KmsKey key = alias.key();
        tree.put("KeyId", key.id().value());
        tree.put("AliasName", alias.name().value());
        tree.put(
                "AliasArn",
                "acs:kms:%s:%s:%s".formatted(key.region(), key.account(), alias.name()));
    }

    private static String state(KeyState state) {
        return switch (state) {
            case KeyState.Enabled _ -> "Enabled";
            case KeyState.Disabled _ -> "Disabled";
            case KeyState.PendingDeletion _ -> "PendingDeletion";
        };
    }

    private static String deletion(KeyState state) {
        return state instanceof KeyState.PendingDeletion(Instant at) ? Times.seconds(at) : "";
    }
}
