package org.imageferry.catalog;

import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Tags;

/// Images of three accounts, made, changed, shared and deleted by chance, in a catalog and in a plain
/// list beside it: what a query must find is said without any index.
final class ImageListModel {
    private static final List<String> KEYS = List.of("app", "stage", "zone");
    private static final List<String> VALUES = List.of("one", "two", "");
    private static final List<Images.Status> STATUSES = List.of(Images.Status.values());
    private static final List<ImageState> STATES =
            List.of(
                    new ImageState.Available(),
                    new ImageState.Available(),
                    new ImageState.Deprecated(),
                    new ImageState.CreateFailed("rot"));

    private final Random random;
    private final CatalogFixture fixture;
    private final List<AccountId> accounts;
    private final List<Image> images = new ArrayList<>();
    private final Set<ImageId> shared = new HashSet<>();
    private final Set<ImageId> published = new HashSet<>();

    ImageListModel(CatalogFixture fixture, Random random) {
        this.fixture = fixture;
        this.random = random;
        this.accounts = Stream.generate(fixture.scenes()::account).limit(3).toList();
    }

    /// The account whose lists are compared.
    private AccountId caller() {
        return accounts.getFirst();
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    /// Half are the caller's. Now and then several are made in one moment.
    void make() {
        AccountId owner = random.nextBoolean() ? caller() : any(accounts);
        Image blank = fixture.scenes().blank(owner, oneIn(8) ? SHANGHAI : HANGZHOU);
        Image image = changed(blank);
        fixture.change(tables -> tables.images().insert(image));
        images.add(image);
        if (random.nextBoolean() && !owner.equals(caller())) {
            share(image);
        }
        if (oneIn(6)) {
            fixture.change(t -> t.shares().publish(image.id(), Set.of(SHANGHAI)));
            published.add(image.id());
        }
        if (random.nextBoolean()) {
            fixture.clock().advance(Duration.ofMillis(1));
        }
    }

    private void share(Image image) {
        fixture.change(tables -> tables.shares().add(image, caller()));
        shared.add(image.id());
    }

    private Image changed(Image image) {
        return image.with(any(STATES))
                .with(image.attributes().with(new Tags(tags())).withPublic(oneIn(4)));
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        for (String key : KEYS) {
            if (random.nextBoolean()) {
                tags.put(key, any(VALUES));
            }
        }
        return tags;
    }

    /// Changes some image's state and tags, shares it no more, or deletes it.
    void change() {
        Image image = any(images);
        images.remove(image);
        switch (random.nextInt(3)) {
            case 0 -> fixture.change(tables -> tables.images().delete(image.id()));
            case 1 -> {
                fixture.change(tables -> tables.shares().remove(image.id(), caller()));
                shared.remove(image.id());
                images.add(image);
            }
            default -> {
                Image next = changed(image);
                fixture.change(tables -> tables.images().update(next));
                images.add(next);
            }
        }
    }

    /// A query of few conditions, or hardly anything would be found.
    Images.Query query() {
        Images.Query query =
                Images.Query.own(caller(), HANGZHOU)
                        .of(any(List.of(Images.Whose.values())))
                        .tagged(oneIn(3) ? Map.of() : tags());
        if (random.nextBoolean()) {
            query = query.in(Set.copyOf(List.of(any(STATUSES), any(STATUSES))));
        }
        if (oneIn(5)) {
            query = query.named(Set.copyOf(List.of(any(images).id(), any(images).id())));
        }
        return oneIn(5) ? query.with(Images.Traits.name("*" + random.nextInt(10))) : query;
    }

    /// What it must find, in order.
    List<Image> found(Images.Query query) {
        return images.stream()
                .filter(image -> image.region().equals(query.region()))
                .filter(image -> isTheirs(image, query))
                .filter(image -> query.statuses().isEmpty() || hasStatus(image, query))
                .filter(image -> query.ids().isEmpty() || query.ids().contains(image.id()))
                .filter(image -> query.traits().name().stream().allMatch(it -> isNamed(image, it)))
                .filter(image -> hasTags(image, query))
                .sorted(
                        Comparator.comparing(Image::created)
                                .reversed()
                                .thenComparing(image -> image.id().value()))
                .toList();
    }

    private boolean isTheirs(Image image, Images.Query query) {
        boolean own = image.account().equals(query.account());
        return switch (query.whose()) {
            case OWN -> own;
            case SHARED -> shared.contains(image.id());
            case OWN_AND_SHARED -> own || shared.contains(image.id());
            case PUBLIC -> !own && image.attributes().isPublic();
            case MARKET -> !own && published.contains(image.id());
        };
    }

    private static boolean hasStatus(Image image, Images.Query query) {
        return query.statuses().stream()
                .anyMatch(it -> it.name().equals(image.state().getClass().getSimpleName()));
    }

    /// The model asks for names that begin with anything.
    private static boolean isNamed(Image image, String name) {
        return image.name().value().endsWith(name.substring(1));
    }

    private static boolean hasTags(Image image, Images.Query query) {
        Map<String, String> has = image.tags().all();
        return query.tags().entrySet().stream()
                .allMatch(tag ->
                        has.containsKey(tag.getKey())
                                && (tag.getValue().isEmpty()
                                        || tag.getValue().equals(has.get(tag.getKey()))));
    }
}
