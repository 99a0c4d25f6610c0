package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too much is refused with an answer that the client gets to read, and the server lives on. */
class LimitsTest {
    private static final String WRITE = "/api/v2/write?org=my-org&bucket=my-bucket";
    private static final int MEBIBYTE = 1 << 20;

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
    void aBodyThatIsTooLargeIsRefusedAlsoIfItOnlyGrowsSo() throws IOException {
        String large = "#" + "x".repeat(20 * MEBIBYTE);

        Answer announced = server.post(WRITE, TOKEN, large);
        Answer chunked = server.send(server.request(WRITE, TOKEN)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(US_ASCII)))));
        Answer bomb = server.send(server.request(WRITE, TOKEN)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped(large))));

        for (Answer answer : new Answer[] {announced, chunked, bomb}) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("X-Platform-Error-Code")).isEqualTo("request too large");
            assertThat(answer.json().path("message").asText())
                    .isEqualTo("unable to read data: points batch is too large: more than 1048576 bytes");
        }
        assertThat(server.write("m f=1 1").status()).isEqualTo(204);
    }

    @Test
    void whoSendsMuchWithoutATokenStillHearsSo() {
        Answer answer = server.post(WRITE, "wrong", "x".repeat(20 * MEBIBYTE));

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void whoAsksBeforeSendingIsSparedTheSending() throws IOException {
        String head = "POST " + WRITE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token " + TOKEN
                + "\r\nContent-Length: 2000000000\r\nExpect: 100-continue\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
            socket.getOutputStream().write(head.getBytes(US_ASCII));

            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();

            assertThat(status).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void bodiesThatAreTooMuchTogetherAreToComeLater() {
        restart(new Limits(MEBIBYTE, 16 << 10, 64 * MEBIBYTE, 2, Duration.ofSeconds(20), Duration.ofMillis(50)));

        Answer answer = server.write("m f=1 1\n".repeat(100_000));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("message").asText())
                .isEqualTo("too many large requests at once; try again later");
    }

    @Test
    void aQueryThatWantsTooMuchMemoryIsRefused() {
        restart(new Limits(4 * MEBIBYTE, 64 * MEBIBYTE, 100_000, 2, Duration.ofSeconds(20), Duration.ofMillis(200)));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            lines.append("m f=").append(i).append(' ').append(i).append('\n');
        }
        assertThat(server.write(lines.toString()).status()).isEqualTo(204);

        Answer answer = query("from(bucket: \\\"my-bucket\\\") |> range(start: 0) |> sort(columns: [\\\"_value\\\"])");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(query("buckets()").status()).isEqualTo(200);
    }

    @Test
    void longTextsCountAsTheMemoryTheyTake() {
        restart(new Limits(
                4 * MEBIBYTE, 64 * MEBIBYTE, 4 * MEBIBYTE, 2, Duration.ofSeconds(20), Duration.ofMillis(200)));
        String text = "x".repeat(MEBIBYTE - 10);
        for (int i = 0; i < 8; i++) {
            assertThat(server.write("m f=\"" + text + i + "\" " + i).status()).isEqualTo(204);
        }
        server.server().store().snapshot();
        String all = "from(bucket: \\\"my-bucket\\\") |> range(start: 0)";

        assertThat(query(all).status()).isEqualTo(413);
        assertThat(query(all + " |> last()").status()).isEqualTo(200);
        assertThat(query(all + " |> count()").status()).isEqualTo(200);
    }

    @Test
    void aQueryThatTakesTooLongIsGivenUp() {
        restart(new Limits(4 * MEBIBYTE, 64 * MEBIBYTE, 64 * MEBIBYTE, 2, Duration.ZERO, Duration.ofMillis(200)));
        server.write("m f=1 1");

        Answer answer = query("from(bucket: \\\"my-bucket\\\") |> range(start: 0)");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    private void restart(Limits limits) {
        server.close();
        server = new ServerFixture(directory, limits);
    }

    private Answer query(String flux) {
        return server.post("/api/v2/query?org=my-org", TOKEN, "{\"query\":\"" + flux + "\"}");
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(text.getBytes(US_ASCII));
        }
        return zipped.toByteArray();
    }
}
