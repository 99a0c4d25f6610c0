package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that a token allows.
 *
 * @param action {@code read} or {@code write}
 */
public record Permission(String action, Resource resource) {
    public static final String READ = "read";
    public static final String WRITE = "write";

    public Permission {
        requireNonNull(action, "action is null");
        requireNonNull(resource, "resource is null");
        if (!action.equals(READ) && !action.equals(WRITE)) {
            throw new IllegalArgumentException("unknown action for permission: " + action);
        }
    }

    /**
     * What it is about; what is null means any.
     *
     * @param type such as {@code buckets}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(String type, String id, String orgID, String name, String org) {
        public static final String BUCKETS = "buckets";
        public static final String INSTANCE = "instance";

        public Resource {
            requireNonNull(type, "type is null");
        }

        public static Resource any(String type) {
            return new Resource(type, null, null, null, null);
        }

        boolean covers(String wantedType, String wantedOrganization, String wantedId) {
            return (type.equals(wantedType) || type.equals(INSTANCE))
                    && (orgID == null || orgID.equals(wantedOrganization))
                    && (id == null || id.equals(wantedId));
        }
    }

    boolean covers(String wantedAction, String type, String organization, String id) {
        return action.equals(wantedAction) && resource.covers(type, organization, id);
    }
}
