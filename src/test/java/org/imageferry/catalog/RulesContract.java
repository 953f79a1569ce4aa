package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import org.junit.jupiter.api.Test;

/// Quotas, the rules of regions, resource groups.
interface RulesContract extends CatalogFixture {
    @Test
    default void aQuotaHasItsPresetUntilItIsSet() {
        AccountId account = scenes().account();
        AccountId other = scenes().account();
        assertThat(number(tables -> tables.accounts().quota(account, Quota.IMAGES)))
                .isEqualTo(Quota.IMAGES.preset());
        change(tables -> tables.accounts().setQuota(account, Quota.IMAGES, 5));
        change(tables -> tables.accounts().setQuota(account, Quota.IMAGES, 0));
        assertThat(number(tables -> tables.accounts().quota(account, Quota.IMAGES))).isZero();
        assertThat(number(tables -> tables.accounts().quota(account, Quota.SNAPSHOTS)))
                .isEqualTo(Quota.SNAPSHOTS.preset());
        assertThat(number(tables -> tables.accounts().quota(other, Quota.IMAGES)))
                .isEqualTo(Quota.IMAGES.preset());
    }

    @Test
    default void aRegionBeginsWithTheDefaultRulesAndKeepsWhatIsSet() {
        RegionRules rules =
                new RegionRules(
                        false, false, Instant.parse("2020-01-01T00:00:00Z"), Set.of(SHANGHAI));
        RegionRules others =
                new RegionRules(true, true, rules.oldestSnapshot(), Set.of(SHANGHAI, BEIJING));
        assertThat(rules(HANGZHOU)).isEqualTo(RegionRules.DEFAULT);
        change(tables -> tables.regions().setRules(HANGZHOU, others));
        change(tables -> tables.regions().setRules(HANGZHOU, rules));
        assertThat(rules(HANGZHOU)).isEqualTo(rules);
        assertThat(rules(SHANGHAI)).isEqualTo(RegionRules.DEFAULT);
    }

    private RegionRules rules(RegionId region) {
        return catalog().read(tables -> tables.regions().rules(region));
    }

    private ResourceGroups.ResourceGroup group(AccountId account, String letters, String name) {
        return new ResourceGroups.ResourceGroup(
                new ResourceGroupId("rg-" + letters),
                account,
                new ResourceGroupName(name),
                "Shown",
                catalog().read(Tables::now));
    }

    @Test
    default void aGroupsNameIsUniqueInItsAccount() {
        AccountId account = scenes().account();
        ResourceGroups.ResourceGroup group = group(account, "aaaaa", "web");
        assertThat(added(group)).isTrue();
        assertThat(added(group(account, "bbbbb", "web"))).isFalse();
        assertThat(added(group(scenes().account(), "ccccc", "web"))).isTrue();
        assertThat(row(tables -> tables.groups().find(group.id()))).contains(group);
        Page<ResourceGroups.ResourceGroup> page =
                catalog().read(tables -> tables.groups().list(account, 0, 10));
        assertThat(page).isEqualTo(new Page<>(List.of(group), 1));
    }

    private boolean added(ResourceGroups.ResourceGroup group) {
        return catalog().write(tables -> tables.groups().add(group));
    }

    @Test
    default void aGroupWithAnImageInItStays() {
        AccountId account = scenes().account();
        ResourceGroups.ResourceGroup group = group(account, "aaaaa", "web");
        assertThat(added(group)).isTrue();
        Image image = scenes().image(account, HANGZHOU);
        Image moved = image.with(image.attributes().with(group.id()));
        change(tables -> tables.images().update(moved));
        assertThat(row(tables -> tables.images().find(image.id()))).contains(moved);
        assertThat(catalog().<Boolean>write(t -> t.groups().delete(group.id()))).isFalse();
        change(tables -> tables.images().delete(image.id()));
        assertThat(catalog().<Boolean>write(t -> t.groups().delete(group.id()))).isTrue();
        assertThat(row(tables -> tables.groups().find(group.id()))).isEmpty();
    }
}
