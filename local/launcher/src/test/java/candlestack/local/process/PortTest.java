package candlestack.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortTest {
    @Test
    void aTakenPortNamesItsKeyItsHolderAndAnotherPort() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Port port = new Port(holder.getLocalPort(), "kafka.port");

            assertThat(port.free()).isFalse();
            assertThat(port.taken())
                    .startsWith("port " + port.number() + " (kafka.port) is held by process "
                            + ProcessHandle.current().pid() + " (")
                    .containsPattern("; stop it, or choose another: --set kafka.port=\\d+$");
        }
    }

    @Test
    void aPortHeldOnAllInterfacesIsTakenToo() throws IOException {
        try (ServerSocket holder = new ServerSocket(0)) {
            assertThat(new Port(holder.getLocalPort(), "kafka.port").free()).isFalse();
        }
    }

    @Test
    void aPortThatWasGivenBackIsFree() throws IOException {
        int number;
        try (ServerSocket holder = new ServerSocket(0)) {
            number = holder.getLocalPort();
        }
        assertThat(new Port(number, "kafka.port").free()).isTrue();
    }
}
