package candlestack.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void isTheFirstHostOfAnAddressWithoutItsLogin() {
        assertThat(shown("kafka", "broker-1:9192,broker-2:9092")).isEqualTo("kafka://broker-1:9192");
        assertThat(shown("influxdb", "https://influx.example")).isEqualTo("https://influx.example:443");
        assertThat(shown("influxdb", "HTTPS://influx.example")).isEqualTo("https://influx.example:443");
        assertThat(shown("postgres", "jdbc:postgresql://db:5433/candlestack?user=a&password=secret@x"))
                .isEqualTo("postgresql://db:5433");
        assertThat(shown("mongodb", "mongodb://owner:se/cr,et@a:27018,b:27017/?authSource=admin"))
                .isEqualTo("mongodb://a:27018");
        assertThat(shown("mongodb", "mongodb://a/?authMechanismProperties=SERVICE_REALM:me@b"))
                .isEqualTo("mongodb://a:27017");
        assertThat(shown("cassandra", "[::1]")).isEqualTo("cassandra://[::1]:9042");
    }

    @Test
    void saysNothingOfAnAddressThatItDoesNotUnderstand() {
        Finding finding = StackChecks.reachable("mongodb.url", "mongodb://owner:secret key@a b:1");

        assertThat(finding)
                .isEqualTo(Finding.failed("mongodb.url", "Cannot read the address: expected host:port or a url"));
        assertThat(Endpoint.of("mongodb", "mongodb://owner:123?secret@a:27018")).isEmpty();
        assertThat(Endpoint.of("kafka", "broker:99999")).isEmpty();
    }

    @Test
    void knowsTheProtocolsOfKafkasListeners() {
        assertThat(shown("kafka", "SASL_SSL://broker-1:9093,SASL_SSL://broker-2:9093"))
                .isEqualTo("sasl_ssl://broker-1:9093");
        assertThat(Endpoint.of("kafka", "SASL_SSL://broker-1")).isEmpty();
        assertThat(Endpoint.of("kafka", "broker-1")).isEmpty();
    }

    @Test
    void doesNotTakeTheNameOfAClusterForAServer() {
        assertThat(StackChecks.reachable("mongodb.url", "mongodb+srv://me:secret@cluster0.example.invalid/users"))
                .isEqualTo(Finding.ok(
                        "mongodb.url",
                        "mongodb+srv://cluster0.example.invalid: not asked, as its servers are those that DNS names"));
    }

    @Test
    void tellsWhetherSomethingAnswers() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertThat(StackChecks.reachable("influxdb.url", "http://me:secret@127.0.0.1:" + port + "/x?token=secret"))
                    .isEqualTo(Finding.ok("influxdb.url", "http://127.0.0.1:" + port + " answers"));
        }
        assertThat(StackChecks.reachable("influxdb.url", "http://me:secret@127.0.0.1:" + port))
                .isEqualTo(Finding.failed(
                        "influxdb.url", "Cannot reach http://127.0.0.1:" + port + ": Connection refused"));
    }

    private static String shown(String service, String address) {
        return Endpoint.of(service, address).orElseThrow().toString();
    }
}
