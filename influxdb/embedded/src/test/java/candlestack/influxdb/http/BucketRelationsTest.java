package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.BUCKET;
import static candlestack.influxdb.http.ServerFixture.ORG;
import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.influxdb.client.BucketsApi;
import com.influxdb.client.FindOptions;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.LabelsApi;
import com.influxdb.client.UsersApi;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.Buckets;
import com.influxdb.client.domain.Label;
import com.influxdb.client.domain.ResourceMember;
import com.influxdb.client.domain.ResourceOwner;
import com.influxdb.client.domain.User;
import com.influxdb.exceptions.NotFoundException;
import com.influxdb.exceptions.UnprocessableEntityException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of buckets beside their points: labels, members and owners; and the list of buckets, page by page. */
class BucketRelationsTest {
    private static final String NOBODY = "020f755c3c082000";

    @TempDir
    Path directory;

    private ServerFixture server;
    private InfluxDBClient client;
    private BucketsApi buckets;
    private LabelsApi labels;
    private UsersApi users;
    private Bucket bucket;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        connect();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bucketsCanBeMarkedWithLabels() {
        Label label = labels.createLabel("room", Map.of("color", "green"), server.organizationId());

        buckets.addLabel(label, bucket);
        buckets.addLabel(label, bucket);
        restart();

        assertThat(buckets.getLabels(bucket))
                .extracting(Label::getId, Label::getName, Label::getProperties)
                .containsExactly(tuple(label.getId(), "room", Map.of("color", "green")));
        assertThat(buckets.findBucketByName(BUCKET).getLabels())
                .extracting(Label::getName)
                .containsExactly("room");
        buckets.deleteLabel(label, bucket);
        assertThat(buckets.getLabels(bucket)).isEmpty();
    }

    @Test
    void aDeletedLabelOrBucketLeavesNoMark() {
        Label label = labels.createLabel("room", Map.of(), server.organizationId());
        Bucket other = buckets.createBucket("other", server.organizationId());
        buckets.addLabel(label, bucket);
        buckets.addLabel(label, other);

        buckets.deleteBucket(other);
        labels.deleteLabel(label);

        assertThat(buckets.getLabels(bucket)).isEmpty();
        assertThat(labels.findLabels()).isEmpty();
        assertThatThrownBy(() -> buckets.addLabel(label, bucket))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("HTTP status code: 404; Message: label not found");
        assertThatThrownBy(() -> buckets.deleteLabel(label, bucket)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void labelsChangePropertyByProperty() {
        Label label = labels.createLabel("room", Map.of("color", "green", "floor", "1"), server.organizationId());

        Label changed = labels.updateLabel(label.properties(Map.of("color", "", "door", "left")));

        assertThat(changed.getProperties()).isEqualTo(Map.of("floor", "1", "door", "left"));
        assertThat(labels.findLabelByID(label.getId()).getProperties()).isEqualTo(changed.getProperties());
        assertThatThrownBy(() -> labels.createLabel("Room", Map.of(), server.organizationId()))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("label with name Room already exists");
        assertThatThrownBy(() -> labels.findLabelByID(NOBODY))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("label not found");
    }

    @Test
    void aBucketHasMembersAndOwners() {
        User ada = users.createUser("ada");
        User bob = users.createUser("bob");

        ResourceMember member = buckets.addMember(ada, bucket);
        ResourceOwner owner = buckets.addOwner(bob, bucket);
        restart();

        assertThat(member.getRole()).isEqualTo(ResourceMember.RoleEnum.MEMBER);
        assertThat(owner.getRole()).isEqualTo(ResourceOwner.RoleEnum.OWNER);
        assertThat(buckets.getMembers(bucket)).extracting(User::getName).containsExactly("ada");
        assertThat(buckets.getOwners(bucket)).extracting(User::getName).containsExactly("bob");
        assertThatThrownBy(() -> buckets.addMember(bob, bucket)).isInstanceOf(UnprocessableEntityException.class);
        assertThatThrownBy(() -> buckets.addMember(NOBODY, bucket.getId())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> buckets.deleteMember(bob, bucket)).isInstanceOf(NotFoundException.class);
        buckets.deleteMember(ada, bucket);
        users.deleteUser(bob);
        assertThat(buckets.getMembers(bucket)).isEmpty();
        assertThat(buckets.getOwners(bucket)).isEmpty();
    }

    @Test
    void aDeletedUsersTokensAreNoneAnyMore() {
        User ada = users.createUser("ada");
        String body = """
                {"orgID":"%s","userID":"%s","permissions":[{"action":"read","resource":{"type":"buckets"}}]}""".formatted(server.organizationId(), ada.getId());
        String token = server.post("/api/v2/authorizations", TOKEN, body)
                .json()
                .path("token")
                .asText();
        assertThat(server.get("/api/v2/buckets", token).status()).isEqualTo(200);
        assertThat(server.post("/api/v2/users", token, "{\"name\":\"eve\"}").status())
                .isEqualTo(401);

        users.deleteUser(ada);

        assertThat(server.get("/api/v2/buckets", token).status()).isEqualTo(401);
    }

    @Test
    void listsBucketsPageByPage() {
        for (int i = 0; i < 4; i++) {
            buckets.createBucket("b" + i, server.organizationId()); // beside my-bucket and two of the server's own
        }
        FindOptions options = new FindOptions();
        options.setLimit(3);

        Buckets first = buckets.findBuckets(options);
        Buckets second = buckets.findBuckets(FindOptions.create(first.getLinks().getNext()));
        Buckets third = buckets.findBuckets(FindOptions.create(second.getLinks().getNext()));

        assertThat(first.getLinks().getNext()).isEqualTo("/api/v2/buckets?descending=false&limit=3&offset=3");
        assertThat(first.getLinks().getPrev()).isNull();
        assertThat(second.getLinks().getPrev()).isEqualTo("/api/v2/buckets?descending=false&limit=3&offset=0");
        assertThat(third.getLinks().getNext()).isNull();
        assertThat(List.of(
                        first.getBuckets().size(),
                        second.getBuckets().size(),
                        third.getBuckets().size()))
                .containsExactly(3, 3, 1);
        assertThat(third.getBuckets()).extracting(Bucket::getName).containsExactly("b3");
    }

    private void restart() {
        client.close();
        server.restart();
        connect();
    }

    private void connect() {
        client = InfluxDBClientFactory.create(server.url(), TOKEN.toCharArray(), ORG, BUCKET);
        buckets = client.getBucketsApi();
        labels = client.getLabelsApi();
        users = client.getUsersApi();
        bucket = buckets.findBucketByName(BUCKET);
    }
}
