package candlestack.analytics.sinks.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineBuilderTest {
    @Test
    void escapesWhatSeparates() {
        LineBuilder line = new LineBuilder();

        line.measurement("my bar, two")
                .tag("a b", "x=1, y\nz")
                .field("c=d", 1)
                .field("text", "say \"a\\b\"")
                .end(Instant.parse("2026-01-02T03:04:05.000000006Z"));

        assertThat(line.take())
                .isEqualTo("my\\ bar\\,\\ two,a\\ b=x\\=1\\,\\ y\\ z c\\=d=1.0,text=\"say \\\"a\\\\b\\\"\""
                        + " 1767323045000000006\n");
    }

    @Test
    void leavesOutEmptyTagsAndNumbersThatAreNone() {
        LineBuilder line = new LineBuilder();

        line.measurement("m")
                .tag("t", "")
                .field("a", Double.NaN)
                .field("b", 2.5)
                .end(7);
        line.measurement("m").field("c", 1e-9).end(-8);

        assertThat(line.take()).isEqualTo("m b=2.5 7\nm c=1.0E-9 -8\n");
        assertThat(line.take()).isEmpty();
    }
}
