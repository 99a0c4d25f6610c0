package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
    @TempDir
    Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysWhatItIsWithoutAToken() {
        assertThat(server.get("/ping", "").status()).isEqualTo(204);
        assertThat(server.get("/ping", "").header("X-Influxdb-Version")).isEqualTo("v0.1.0-candlestack");
        assertThat(server.get("/health", "").json().path("status").asText()).isEqualTo("pass");
        assertThat(server.get("/ready", "").json().path("status").asText()).isEqualTo("ready");
        assertThat(server.get("/", "").body()).contains("This is not InfluxDB");
    }

    @Test
    void headAnswersHaveNoBody() {
        Answer answer = server.send(server.request("/ping", "").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("X-Influxdb-Build")).isEqualTo("OSS");
    }

    @Test
    void isSetUpOnce() {
        Answer again = server.post("/api/v2/setup", "", "{\"username\":\"u\",\"org\":\"o\",\"bucket\":\"b\"}");

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body())
                .isEqualTo("{\"code\":\"conflict\",\"message\":\"onboarding has already been completed\"}");
        assertThat(server.get("/api/v2/setup", "").body()).isEqualTo("{\"allowed\":false}");
    }

    @Test
    void everythingElseNeedsAToken() {
        for (String token : new String[] {"", "wrong"}) {
            Answer answer = server.get("/api/v2/buckets", token);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("X-Platform-Error-Code")).isEqualTo("unauthorized");
            assertThat(answer.body()).isEqualTo("{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}");
        }
    }

    @Test
    void noTokenIsKeptInTheClear() throws IOException {
        String token = server.createToken("read", server.bucketId("my-bucket"));
        Path catalog = directory.resolve("catalog.json");

        assertThat(Files.readString(catalog))
                .doesNotContain(TOKEN)
                .doesNotContain(token)
                .doesNotContain("my-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(catalog)))
                .isEqualTo("rw-------");
        assertThat(server.get("/api/v2/authorizations", TOKEN).body()).doesNotContain(token);
    }

    @Test
    void aTokenMayDoNoMoreThanItSays() {
        String mine = server.bucketId("my-bucket");
        server.createBucket("other");
        String writer = server.createToken("write", mine);
        String reader = server.createToken("read", mine);

        assertThat(server.write("m f=1 1", "my-bucket", writer).status()).isEqualTo(204);
        Answer refused = server.write("m f=1 1", "my-bucket", reader);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("message").asText()).isEqualTo("insufficient permissions for write");
        assertThat(server.write("m f=1 1", "other", writer).status()).isEqualTo(403);
        assertThat(server.post(
                                "/api/v2/buckets",
                                writer,
                                "{\"orgID\":\"" + server.organizationId() + "\",\"name\":\"x\"}")
                        .status())
                .isEqualTo(401);
        assertThat(server.get("/api/v2/buckets", reader).json().path("buckets")).hasSize(1);
    }

    @Test
    void nobodyGivesAwayMoreThanTheyHave() {
        String body = "{\"orgID\":\"%s\",\"permissions\":[{\"action\":\"write\",\"resource\":{\"type\":\"buckets\"}}]}";
        String reader = server.createToken("read", server.bucketId("my-bucket"));

        Answer answer = server.post("/api/v2/authorizations", reader, body.formatted(server.organizationId()));

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void aDeletedOrInactiveTokenIsNone() {
        String token = server.createToken("read", server.bucketId("my-bucket"));
        String id = "";
        for (var authorization :
                server.get("/api/v2/authorizations", TOKEN).json().path("authorizations")) {
            id = authorization.path("permissions").size() == 1
                    ? authorization.path("id").asText()
                    : id;
        }
        String path = "/api/v2/authorizations/" + id;

        server.send(server.request(path, TOKEN).method("PATCH", BodyPublishers.ofString("{\"status\":\"inactive\"}")));
        assertThat(server.get("/api/v2/buckets", token).status()).isEqualTo(401);
        server.send(server.request(path, TOKEN).method("PATCH", BodyPublishers.ofString("{\"status\":\"active\"}")));
        assertThat(server.get("/api/v2/buckets", token).status()).isEqualTo(200);
        assertThat(server.send(server.request(path, TOKEN).DELETE()).status()).isEqualTo(204);
        assertThat(server.get("/api/v2/buckets", token).status()).isEqualTo(401);
    }

    @Test
    void aBadLineRefusesTheWholeBatchAndIsNumbered() {
        Answer answer = server.write("m f=1 1\nm f=\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("X-Platform-Error-Code")).isEqualTo("invalid");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":\"invalid\",\"message\":\"unable to parse 'm f=': missing field value\",\"line\":2}");
    }

    @Test
    void aTypeConflictIsAPartialWrite() {
        assertThat(server.write("m f=1 1").status()).isEqualTo(204);

        Answer answer = server.write("m f=2i 2\nm f=3 3");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("message").asText())
                .isEqualTo("failure writing points to database: partial write: field type conflict: input field \"f\""
                        + " on measurement \"m\" is type integer, already exists as type float dropped=1");
    }

    @Test
    void takesZippedBodies() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("m f=1 1".getBytes(StandardCharsets.UTF_8));
        }
        String path = "/api/v2/write?org=my-org&bucket=my-bucket";

        assertThat(server.send(server.request(path, TOKEN)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())))
                        .status())
                .isEqualTo(204);
        assertThat(server.send(server.request(path, TOKEN)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("not zipped")))
                        .status())
                .isEqualTo(400);
        byte[] half = Arrays.copyOf(zipped.toByteArray(), zipped.size() - 10);
        assertThat(server.send(server.request(path, TOKEN)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(half)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(server.write("m f=1", "nowhere", TOKEN).body())
                .isEqualTo("{\"code\":\"not found\",\"message\":\"bucket \\\"nowhere\\\" not found\"}");
        assertThat(server.post("/api/v2/write?org=nobody&bucket=b", TOKEN, "m f=1")
                        .body())
                .isEqualTo("{\"code\":\"not found\",\"message\":\"organization name \\\"nobody\\\" not found\"}");
        assertThat(server.post("/api/v2/write?bucket=my-bucket&precision=m", TOKEN, "m f=1")
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo("invalid precision; valid precision units are ns, us, ms, and s");
        assertThat(server.get("/api/v2/dashboards", TOKEN).status()).isEqualTo(404);
        assertThat(server.send(server.request("/api/v2/write", TOKEN).DELETE()).status())
                .isEqualTo(405);
        assertThat(server.post("/api/v2/buckets", TOKEN, "[")
                        .json()
                        .path("message")
                        .asText())
                .startsWith("failed to decode request body: ");
    }

    @Test
    void bucketsKeepWhatTheyAreTold() {
        String body =
                "{\"orgID\":\"%s\",\"name\":\"b\",\"description\":\"d\",\"retentionRules\":[{\"everySeconds\":7200}]}";
        Answer made = server.post("/api/v2/buckets", TOKEN, body.formatted(server.organizationId()));
        String path = "/api/v2/buckets/" + made.json().path("id").asText();
        String change = "{\"name\":\"c\",\"retentionRules\":[{\"everySeconds\":86400}]}";

        Answer changed = server.send(server.request(path, TOKEN).method("PATCH", BodyPublishers.ofString(change)));

        assertThat(made.status()).isEqualTo(201);
        assertThat(changed.status()).isEqualTo(200);
        server.restart();
        Answer kept = server.get(path, TOKEN);
        assertThat(kept.json().path("name").asText()).isEqualTo("c");
        assertThat(kept.json().path("description").asText()).isEqualTo("d");
        assertThat(kept.json()
                        .path("retentionRules")
                        .path(0)
                        .path("everySeconds")
                        .asLong())
                .isEqualTo(86400);
        assertThat(server.send(server.request(path, TOKEN).DELETE()).status()).isEqualTo(204);
        assertThat(server.get(path, TOKEN).status()).isEqualTo(404);
    }

    @Test
    void badBucketsAreRefused() {
        String body = "{\"orgID\":\"" + server.organizationId()
                + "\",\"name\":\"%s\",\"retentionRules\":[{\"everySeconds\":%d}]}";

        assertThat(server.post("/api/v2/buckets", TOKEN, body.formatted("my-bucket", 0))
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo("bucket with name my-bucket already exists");
        assertThat(server.post("/api/v2/buckets", TOKEN, body.formatted("_x", 0))
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/api/v2/buckets", TOKEN, body.formatted("short", 60))
                        .status())
                .isEqualTo(422);
        assertThat(server.post("/api/v2/buckets", TOKEN, body.formatted("negative", -1))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void deletesAreCheckedBeforeAnythingIsDeleted() {
        String path = "/api/v2/delete?org=my-org&bucket=my-bucket";
        String range = "\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"2030-01-01T00:00:00Z\"";

        assertThat(message(server.post(path, TOKEN, "{\"start\":\"x\",\"stop\":\"y\"}")))
                .startsWith("invalid RFC3339Nano for field start");
        assertThat(message(server.post(path, TOKEN, "{" + range + ",\"predicate\":\"a=1 OR b=2\"}")))
                .contains("the logical operator OR is not supported yet");
        assertThat(message(server.post(path, TOKEN, "{" + range + ",\"predicate\":\"a=~/x/\"}")))
                .contains("is not supported yet");
        assertThat(message(server.post(path, TOKEN, "{" + range + ",\"predicate\":\"(a=1\"}")))
                .contains("extra ( seen");
        assertThat(message(server.post(path, TOKEN, "{" + range + ",\"predicate\":\"a=1)\"}")))
                .contains("extra ) seen");
        assertThat(server.post(path, TOKEN, "{" + range + ",\"predicate\":\"_field=f\"}")
                        .status())
                .isEqualTo(501);
        assertThat(server.post(path, TOKEN, "{" + range + "}").status()).isEqualTo(204);
    }

    private static String message(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().path("message").asText();
    }
}
