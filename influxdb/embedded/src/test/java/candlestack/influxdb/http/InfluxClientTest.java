package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.BUCKET;
import static candlestack.influxdb.http.ServerFixture.ORG;
import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.WriteApi;
import com.influxdb.client.domain.Authorization;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import com.influxdb.client.domain.Permission;
import com.influxdb.client.domain.PermissionResource;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import com.influxdb.client.write.events.WriteErrorEvent;
import com.influxdb.exceptions.BadRequestException;
import com.influxdb.exceptions.NotFoundException;
import com.influxdb.exceptions.UnauthorizedException;
import com.influxdb.query.FluxRecord;
import com.influxdb.query.FluxTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** InfluxDB's own client, which is also the sinks'. */
class InfluxClientTest {
    private static final String ALL = "from(bucket: \"" + BUCKET + "\") |> range(start: 0)";

    @TempDir
    Path directory;

    private ServerFixture server;
    private InfluxDBClient client;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        client = client(TOKEN);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void findsTheServerWell() {
        assertThat(client.ping()).isTrue();
        assertThat(client.version()).isEqualTo("v0.1.0-candlestack");
        assertThat(client.ready().getUp()).isNotBlank();
        assertThat(client.isOnboardingAllowed()).isFalse();
        assertThat(client.getUsersApi().me().getName()).isEqualTo("my-user");
    }

    @Test
    void readsBackWhatItWrote() {
        client.getWriteApiBlocking()
                .writePoint(Point.measurement("h2o")
                        .addTag("location", "coyote creek")
                        .addField("level", 7.5)
                        .addField("count", 3L)
                        .addField("note", "a \"b\", c")
                        .addField("ok", true)
                        .time(1_500_000_000_123_456_789L, WritePrecision.NS));

        List<FluxTable> tables = client.getQueryApi().query(ALL);

        List<String> found = new ArrayList<>();
        for (FluxTable table : tables) {
            for (FluxRecord record : table.getRecords()) {
                assertThat(record.getTime()).isEqualTo(Instant.ofEpochSecond(1_500_000_000, 123_456_789));
                assertThat(record.getValueByKey("location")).isEqualTo("coyote creek");
                found.add(record.getMeasurement() + " " + record.getField() + " " + record.getValue());
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrder("h2o level 7.5", "h2o count 3", "h2o note a \"b\", c", "h2o ok true");
    }

    @Test
    void writesInBatchesAndZipped() {
        client.enableGzip();
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        try (WriteApi writes = client.makeWriteApi()) {
            writes.listenEvents(WriteErrorEvent.class, event -> errors.add(event.getThrowable()));
            for (int i = 0; i < 5_000; i++) {
                writes.writeRecord(WritePrecision.S, "m,k=" + i % 5 + " f=" + i + " " + i);
            }
        }

        List<FluxTable> tables = client.getQueryApi().query(ALL + " |> count()");

        assertThat(errors).isEmpty();
        assertThat(tables)
                .hasSize(5)
                .allSatisfy(table ->
                        assertThat(table.getRecords().get(0).getValue()).isEqualTo(1000L));
    }

    @Test
    void hearsWhyALineIsRefused() {
        assertThatThrownBy(() -> client.getWriteApiBlocking().writeRecord(WritePrecision.NS, "h2o,location=x"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("HTTP status code: 400; Message: unable to parse 'h2o,location=x': missing fields");
    }

    @Test
    void hearsWhyAQueryIsRefused() {
        assertThatThrownBy(() -> client.getQueryApi().query("from(bucket: \"nowhere\") |> range(start: 0)"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("could not find bucket \"nowhere\"");
        assertThatThrownBy(() -> client.getQueryApi().query("from(")).isInstanceOf(BadRequestException.class);
    }

    @Test
    void deletesARangeBothEndsIncluded() {
        for (int i = 1; i <= 12; i++) {
            client.getWriteApiBlocking().writeRecord(WritePrecision.S, "m,k=" + i % 2 + " f=" + i + " " + i);
        }
        client.getDeleteApi().delete(at(2), at(4), "k=\"0\" AND _measurement=m", BUCKET, ORG);
        client.getDeleteApi().delete(at(9), at(12), "", BUCKET, ORG);

        assertThat(values(client.getQueryApi().query(ALL))).containsExactly(6.0, 8.0, 1.0, 3.0, 5.0, 7.0);
    }

    @Test
    void managesBuckets() {
        Organization organization =
                client.getOrganizationsApi().findOrganizations().get(0);
        Bucket made = client.getBucketsApi()
                .createBucket("sensors", new BucketRetentionRules().everySeconds(3600), organization);

        assertThat(client.getBucketsApi().findBucketByName("sensors").getId()).isEqualTo(made.getId());
        assertThat(client.getBucketsApi()
                        .findBucketByID(made.getId())
                        .getRetentionRules()
                        .get(0)
                        .getEverySeconds())
                .isEqualTo(3600);
        assertThat(client.getBucketsApi().findBuckets()).hasSize(4);
        client.getBucketsApi().updateBucket(made.name("gauges"));
        assertThat(client.getBucketsApi().findBucketByName("sensors")).isNull();
        client.getBucketsApi().deleteBucket(made.getId());
        assertThatThrownBy(() -> client.getBucketsApi().findBucketByID(made.getId()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("HTTP status code: 404; Message: bucket not found");
    }

    @Test
    void aTokenForOneBucketSeesNoOther() {
        Organization organization =
                client.getOrganizationsApi().findOrganizations().get(0);
        Bucket bucket = client.getBucketsApi().createBucket("mine", organization);
        PermissionResource resource = new PermissionResource();
        resource.id(bucket.getId()).orgID(organization.getId()).type(PermissionResource.TYPE_BUCKETS);
        Authorization made = client.getAuthorizationsApi()
                .createAuthorization(
                        organization,
                        List.of(new Permission()
                                .action(Permission.ActionEnum.READ)
                                .resource(resource)));
        client.getWriteApiBlocking().writeRecord("mine", ORG, WritePrecision.S, "m f=1 1");

        try (InfluxDBClient reader = client(made.getToken())) {
            assertThat(values(reader.getQueryApi().query("from(bucket: \"mine\") |> range(start: 0)")))
                    .containsExactly(1.0);
            assertThatThrownBy(() -> reader.getQueryApi().query(ALL)).isInstanceOf(NotFoundException.class);
            assertThat(reader.getQueryApi().query("buckets()").get(0).getRecords())
                    .hasSize(1);
        }
        try (InfluxDBClient stranger = client("stranger")) {
            assertThatThrownBy(() -> stranger.getQueryApi().query(ALL)).isInstanceOf(UnauthorizedException.class);
        }
    }

    @Test
    void findsItsPointsAfterARestart() {
        client.getWriteApiBlocking().writeRecord(WritePrecision.S, "m f=1 1");
        client.close();
        server.restart();
        client = client(TOKEN);

        assertThat(values(client.getQueryApi().query(ALL))).containsExactly(1.0);
    }

    private InfluxDBClient client(String token) {
        return InfluxDBClientFactory.create(server.url(), token.toCharArray(), ORG, BUCKET);
    }

    private static OffsetDateTime at(long seconds) {
        return OffsetDateTime.parse("1970-01-01T00:00:00Z").plusSeconds(seconds);
    }

    private static List<Object> values(List<FluxTable> tables) {
        List<Object> values = new ArrayList<>();
        tables.forEach(table -> table.getRecords().forEach(record -> values.add(record.getValue())));
        return values;
    }
}
