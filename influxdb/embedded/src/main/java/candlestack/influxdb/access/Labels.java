package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.access.CatalogException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalog's labels, and the buckets marked with them. Thread-safe. */
public final class Labels {
    private final Catalog catalog;

    Labels(Catalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    public List<Label> all() {
        return List.copyOf(catalog.state().labels().values());
    }

    public Optional<Label> find(String id) {
        return Optional.ofNullable(catalog.state().labels().get(id));
    }

    /** The labels of a bucket, in the order in which it was marked. */
    public List<Label> of(String bucketId) {
        CatalogState state = catalog.state();
        return state.marks().stream()
                .filter(mark -> mark.bucketId().equals(bucketId))
                .map(mark -> state.labels().get(mark.labelId()))
                .toList();
    }

    public Label create(String organizationId, String name, Map<String, String> properties) {
        return catalog.change(next -> {
            if (!next.organizations().containsKey(organizationId)) {
                throw new CatalogException(Kind.NOT_FOUND, "organization not found");
            }
            checkName(next, organizationId, name);
            Label made = new Label(Ids.next(), organizationId, name, properties);
            next.labels().put(made.id(), made);
            return made;
        });
    }

    /** Changes what is given; a property with an empty value is taken away. */
    public Label update(String id, Optional<String> name, Map<String, String> properties) {
        return catalog.change(next -> {
            Label old = existing(next, id);
            if (name.isPresent() && !name.get().equals(old.name())) {
                checkName(next, old.organizationId(), name.get());
            }
            Map<String, String> merged = new LinkedHashMap<>(old.properties());
            merged.putAll(properties);
            merged.values().removeIf(String::isEmpty);
            Label changed = new Label(id, old.organizationId(), name.orElse(old.name()), merged);
            next.labels().put(id, changed);
            return changed;
        });
    }

    public void delete(String id) {
        catalog.change(next -> {
            existing(next, id);
            next.marks().removeIf(mark -> mark.labelId().equals(id));
            return next.labels().remove(id);
        });
    }

    /** Marks a bucket with a label of its organisation; once more changes nothing. */
    public Label mark(Bucket bucket, String labelId) {
        return catalog.change(next -> {
            Label label = existing(next, labelId);
            if (!label.organizationId().equals(bucket.organizationId())) {
                throw notFound();
            }
            if (!next.buckets().containsKey(bucket.id())) {
                throw new CatalogException(Kind.NOT_FOUND, "bucket not found");
            }
            LabelMark mark = new LabelMark(bucket.id(), labelId);
            if (!next.marks().contains(mark)) {
                next.marks().add(mark);
            }
            return label;
        });
    }

    public void unmark(Bucket bucket, String labelId) {
        catalog.change(next -> {
            if (!next.marks().remove(new LabelMark(bucket.id(), labelId))) {
                throw notFound();
            }
            return labelId;
        });
    }

    private static void checkName(CatalogState next, String organizationId, String name) {
        if (name.isBlank()) {
            throw new CatalogException(Kind.INVALID, "label name is empty");
        }
        boolean taken = next.labels().values().stream()
                .anyMatch(label -> label.organizationId().equals(organizationId)
                        && label.name().equalsIgnoreCase(name));
        if (taken) {
            throw new CatalogException(Kind.CONFLICT, "label with name " + name + " already exists");
        }
    }

    private static Label existing(CatalogState state, String id) {
        return Optional.ofNullable(state.labels().get(id)).orElseThrow(Labels::notFound);
    }

    private static CatalogException notFound() {
        return new CatalogException(Kind.NOT_FOUND, "label not found");
    }
}
