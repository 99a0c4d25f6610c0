package candlestack.influxdb.http;

import static candlestack.influxdb.http.ServerFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.influxdb.http.ServerFixture.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
    private static final String PATH = "/api/v2/query?org=my-org";

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
    void answersGrafanaInItsOwnShape() throws IOException {
        server.write("quote,symbol=A price=10.5 1700000000000000000\nquote,symbol=B price=20 1700000060000000000");
        String query =
                "from(bucket: \\\"my-bucket\\\") |> range(start: 2023-11-14T22:00:00Z, stop: 2023-11-14T23:00:00Z)"
                        + " |> filter(fn: (r) => r._measurement == \\\"quote\\\" and r.symbol =~ /^(A|B)$/)"
                        + " |> aggregateWindow(every: 1h0m0s, fn: last, createEmpty: false)";
        String body = "{\"query\":\"" + query + "\",\"type\":\"flux\",\"dialect\":{\"annotations\":"
                + "[\"datatype\",\"group\",\"default\"],\"delimiter\":\",\",\"header\":true}}";

        HttpResponse<byte[]> answer = zipped(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(text(answer))
                .isEqualTo(String.join(
                        "\r\n",
                        "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string",
                        "#group,false,false,true,true,false,false,true,true,true",
                        "#default,_result,,,,,,,,",
                        ",result,table,_start,_stop,_time,_value,_field,_measurement,symbol",
                        ",,0,2023-11-14T22:00:00Z,2023-11-14T23:00:00Z,2023-11-14T23:00:00Z,10.5,price,quote,A",
                        ",,1,2023-11-14T22:00:00Z,2023-11-14T23:00:00Z,2023-11-14T23:00:00Z,20,price,quote,B",
                        "",
                        ""));
    }

    @Test
    void aLargeAnswerIsZippedWhereTheClientTakesThat() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            lines.append("m f=").append(i).append(' ').append(i).append('\n');
        }
        assertThat(server.write(lines.toString()).status()).isEqualTo(204);

        HttpResponse<byte[]> answer = zipped("{\"query\":\"from(bucket: \\\"my-bucket\\\") |> range(start: 0)\"}");

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(text(answer).lines().filter(line -> line.endsWith(",f,m"))).hasSize(10_000);
    }

    @Test
    void takesPlainFlux() {
        server.write("m f=1.5 1");

        Answer answer = server.send(server.request(PATH, TOKEN)
                .header("Content-Type", "application/vnd.flux")
                .POST(BodyPublishers.ofString(
                        "from(bucket: \"my-bucket\") |> range(start: 0) |> keep(columns: [\"_value\"])")));

        assertThat(answer.body()).isEqualTo(",result,table,_value\r\n,_result,0,1.5\r\n\r\n");
    }

    @Test
    void listsTheBucketsForTheHealthCheckOfGrafana() {
        assertThat(query("buckets()").body()).contains("my-bucket").contains("_monitoring");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(query("from(bucket: \\\"my-bucket\\\")")
                        .json()
                        .path("message")
                        .asText())
                .contains("cannot submit unbounded read to");
        assertThat(query("nonsense()").status()).isEqualTo(400);
        assertThat(query("from(bucket: \\\"nowhere\\\") |> range(start: 0)").body())
                .contains("\"code\":\"not found\"")
                .contains("could not find bucket");
        assertThat(server.post(PATH, TOKEN, "{\"query\":\"1\",\"type\":\"influxql\"}")
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo("failed to decode request body: unknown query type: influxql");
        assertThat(server.post(PATH, TOKEN, "{}").json().path("message").asText())
                .isEqualTo("failed to decode request body: request body requires either query or AST");
        assertThat(server.post(PATH, TOKEN, "{\"query\":\"1\",\"dialect\":{\"delimiter\":\"ab\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void writesWithToWhatFromReadsBack() {
        server.write("m,k=a f=1 1\nm,k=b f=2 2");
        server.createBucket("copies");

        assertThat(query("from(bucket: \\\"my-bucket\\\") |> range(start: 0)"
                                + " |> to(bucket: \\\"copies\\\", org: \\\"my-org\\\")")
                        .status())
                .isEqualTo(200);

        assertThat(query(
                                "from(bucket: \\\"copies\\\") |> range(start: 0) |> keep(columns: [\\\"k\\\", \\\"_value\\\"])")
                        .body())
                .isEqualTo(",result,table,_value,k\r\n,_result,0,1,a\r\n,_result,1,2,b\r\n\r\n");
    }

    private Answer query(String flux) {
        return server.post(PATH, TOKEN, "{\"query\":\"" + flux + "\"}");
    }

    private HttpResponse<byte[]> zipped(String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            server.request(PATH, TOKEN)
                                    .header("Accept-Encoding", "gzip")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) throws IOException {
        if (answer.headers().firstValue("Content-Encoding").isEmpty()) {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
