package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.cli.FakeFerry.Refused;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tags of one resource, who sees one image, the groups and one region's rules, as a [FakeFerry]
/// has them.
final class FakeAttributes {
    private final Map<String, String> tags = new TreeMap<>();
    private final List<String> groups = new ArrayList<>(List.of("default"));
    private final Map<String, String> rules = new TreeMap<>();
    private final List<String> viewers = new ArrayList<>();
    private boolean everybody;

    /// @return whether it was about these
    synchronized boolean answer(Request request, ObjectNode answer) throws Refused {
        switch (request.action()) {
            case "TagResources" -> tags.put(request.get("Tag.1.Key"), request.get("Tag.1.Value"));
            case "UntagResources" -> {
                if (request.get("All").equals("true")) {
                    tags.clear();
                }
                tags.remove(request.get("TagKey.1"));
            }
            case "ListTagResources" -> listTags(answer);
            case "CreateResourceGroup" -> create(request.get("Name"), answer);
            case "DeleteResourceGroup" -> delete(request.get("ResourceGroupId"));
            case "ListResourceGroups" -> listGroups(answer);
            case "JoinResourceGroup", "ModifyImageAttribute", "PublishImage", "UnpublishImage" -> {}
            case "ModifyImageSharePermission" -> share(request);
            case "DescribeImageSharePermission" -> describeShares(answer);
            case "ModifyRegionRules" -> {
                rules.putAll(request.parameters());
                describe(answer);
            }
            case "DescribeRegionRules" ->
                    describe(answer.putObject("Regions").putArray("Region").addObject());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void share(Request request) {
        if (!request.get("AddAccount.1").isEmpty()) {
            viewers.add(request.get("AddAccount.1"));
        }
        viewers.remove(request.get("RemoveAccount.1"));
        everybody |= request.get("IsPublic").equals("true");
        everybody &= !request.get("IsPublic").equals("false");
    }

    private void describeShares(ObjectNode answer) {
        ArrayNode accounts = answer.putObject("Accounts").putArray("Account");
        viewers.forEach(account ->
                accounts.addObject()
                        .put("AliyunId", account)
                        .put("SharedTime", "2026-11-22T01:09:36Z"));
        ArrayNode groups = answer.putObject("ShareGroups").putArray("ShareGroup");
        if (everybody) {
            groups.addObject().put("Group", "all");
        }
        answer.put("TotalCount", viewers.size());
    }

    private void listTags(ObjectNode answer) {
        ArrayNode list = answer.putObject("TagResources").putArray("TagResource");
        tags.forEach((key, value) -> list.addObject().put("TagKey", key).put("TagValue", value));
    }

    private void create(String name, ObjectNode answer) throws Refused {
        if (groups.contains(name)) {
            throw new Refused(
                    409, "EntityAlreadyExists.ResourceGroup", "The resource group already exists.");
        }
        groups.add(name);
        describe(answer.putObject("ResourceGroup"), name);
    }

    private void delete(String id) throws Refused {
        if (!groups.remove(id.replace("rg-", ""))) {
            throw new Refused(
                    404, "EntityNotExists.ResourceGroup", "The resource group does not exist.");
        }
    }

    private void listGroups(ObjectNode answer) {
        ArrayNode list = answer.putObject("ResourceGroups").putArray("ResourceGroup");
        groups.forEach(name -> describe(list.addObject(), name));
    }

    private static void describe(ObjectNode group, String name) {
        group.put("Id", "rg-" + name)
                .put("Name", name)
                .put("DisplayName", "The " + name)
                .put("CreateDate", "2026-11-22T01:09:36Z");
    }

    private void describe(ObjectNode region) {
        region.put("RegionId", rules.getOrDefault("RegionId", "cn-hangzhou"))
                .put("Copying", !"false".equals(rules.get("Copying")))
                .put("CustomerKeys", !"false".equals(rules.get("CustomerKeys")))
                .put(
                        "OldestSnapshot",
                        rules.getOrDefault("OldestSnapshot", "2013-07-15T00:00:00Z"));
        ArrayNode barred = region.putObject("BarredDestinations").putArray("RegionId");
        rules.forEach((name, value) -> {
            if (name.startsWith("BarDestination")) {
                barred.add(value);
            }
        });
    }
}
