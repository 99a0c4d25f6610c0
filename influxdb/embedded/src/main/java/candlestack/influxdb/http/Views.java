package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Label;
import candlestack.influxdb.access.Membership.Role;
import candlestack.influxdb.access.Organization;
import candlestack.influxdb.access.Permission;
import candlestack.influxdb.access.User;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** What the catalog holds, as JSON in InfluxDB's shape. */
final class Views {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Catalog catalog;

    Views(Catalog catalog) {
        this.catalog = catalog;
    }

    ObjectNode bucket(Bucket bucket) {
        String self = "/api/v2/buckets/" + bucket.id();
        ObjectNode view = NODES.objectNode();
        view.putObject("links")
                .put("labels", self + "/labels")
                .put("members", self + "/members")
                .put("org", "/api/v2/orgs/" + bucket.organizationId())
                .put("owners", self + "/owners")
                .put("self", self)
                .put("write", "/api/v2/write?org=" + bucket.organizationId() + "&bucket=" + bucket.id());
        view.put("id", bucket.id())
                .put("orgID", bucket.organizationId())
                .put("type", bucket.system() ? "system" : "user")
                .put("name", bucket.name());
        if (!bucket.description().isEmpty()) {
            view.put("description", bucket.description());
        }
        view.putArray("retentionRules")
                .addObject()
                .put("type", "expire")
                .put("everySeconds", bucket.retentionSeconds())
                .put("shardGroupDurationSeconds", bucket.partitionSeconds());
        view.put("createdAt", bucket.createdAt().toString())
                .put("updatedAt", bucket.updatedAt().toString());
        ArrayNode labels = view.putArray("labels");
        catalog.labels().of(bucket.id()).forEach(label -> labels.add(label(label)));
        return view;
    }

    ObjectNode organization(Organization organization) {
        String self = "/api/v2/orgs/" + organization.id();
        ObjectNode view = NODES.objectNode();
        view.putObject("links")
                .put("buckets", "/api/v2/buckets?org=" + organization.name())
                .put("members", self + "/members")
                .put("owners", self + "/owners")
                .put("self", self);
        return view.put("id", organization.id())
                .put("name", organization.name())
                .put("description", organization.description())
                .put("createdAt", organization.createdAt().toString())
                .put("updatedAt", organization.updatedAt().toString());
    }

    ObjectNode user(User user) {
        ObjectNode view = NODES.objectNode();
        view.putObject("links").put("self", "/api/v2/users/" + user.id());
        return view.put("id", user.id()).put("name", user.name()).put("status", "active");
    }

    /** A user as what they are to a bucket. */
    ObjectNode user(User user, Role role) {
        return user(user).put("role", role.name().toLowerCase(Locale.ROOT));
    }

    ObjectNode label(Label label) {
        ObjectNode view = NODES.objectNode()
                .put("id", label.id())
                .put("orgID", label.organizationId())
                .put("name", label.name());
        ObjectNode properties = view.putObject("properties");
        label.properties().forEach(properties::put);
        return view;
    }

    /** A label as an answer of its own. */
    ObjectNode wrapped(Label label) {
        ObjectNode view = NODES.objectNode();
        view.putObject("links").put("self", "/api/v2/labels/" + label.id());
        view.set("label", label(label));
        return view;
    }

    /** @param token empty unless it was made just now: it is not kept */
    ObjectNode authorization(Authorization authorization, String token) {
        ObjectNode view = NODES.objectNode();
        view.putObject("links")
                .put("self", "/api/v2/authorizations/" + authorization.id())
                .put("user", "/api/v2/users/" + authorization.userId());
        view.put("id", authorization.id())
                .put("token", token)
                .put("status", authorization.active() ? "active" : "inactive")
                .put("description", authorization.description())
                .put("orgID", authorization.organizationId())
                .put("userID", authorization.userId())
                .put("org", organizationName(authorization.organizationId()))
                .put(
                        "user",
                        catalog.users()
                                .find(authorization.userId())
                                .map(User::name)
                                .orElse(""));
        ArrayNode permissions = view.putArray("permissions");
        authorization.permissions().forEach(permission -> permissions.add(permission(permission)));
        return view.put("createdAt", authorization.createdAt().toString())
                .put("updatedAt", authorization.updatedAt().toString());
    }

    private ObjectNode permission(Permission permission) {
        Permission.Resource resource = permission.resource();
        ObjectNode view = NODES.objectNode().put("action", permission.action());
        ObjectNode shown = view.putObject("resource").put("type", resource.type());
        Optional.ofNullable(resource.id()).ifPresent(id -> {
            shown.put("id", id);
            catalog.bucket(id).ifPresent(bucket -> shown.put("name", bucket.name()));
        });
        Optional.ofNullable(resource.orgID())
                .ifPresent(id -> shown.put("orgID", id).put("org", organizationName(id)));
        return view;
    }

    private String organizationName(String id) {
        return catalog.organization(id).map(Organization::name).orElse("");
    }
}
