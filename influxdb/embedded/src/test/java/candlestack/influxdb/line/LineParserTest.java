package candlestack.influxdb.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.flux.storage.Predicate;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.influxdb.store.BucketSpec;
import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.PointBatch;
import candlestack.influxdb.store.Store;
import candlestack.influxdb.store.StoreOptions;
import candlestack.influxdb.store.StoreReader;
import candlestack.influxdb.store.SyncPolicy;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
    private static final long NOW = 1_700_000_000_123_456_789L;

    @TempDir
    Path directory;

    private Store store;
    private BucketStore bucket;

    @BeforeEach
    void open() {
        BucketSpec spec = new BucketSpec(1, Duration.ofDays(28), Duration.ZERO);
        store = Store.open(directory, StoreOptions.forHeap(1 << 28, SyncPolicy.EVERY_SECOND), List.of(spec));
        bucket = store.bucket(1).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aLineIsAMeasurementTagsFieldsAndATime() throws LineProtocolException {
        write("quote,symbol=BTC-USD,source=replay price=65000.25,size=0.5 1700000000000000000");

        assertThat(points())
                .containsExactly(
                        "{_field=price, _measurement=quote, source=replay, symbol=BTC-USD} 1700000000000000000 65000.25",
                        "{_field=size, _measurement=quote, source=replay, symbol=BTC-USD} 1700000000000000000 0.5");
    }

    @Test
    void fieldsHaveFiveTypes() throws LineProtocolException {
        write("m f=-1.5e3,i=-42i,u=18446744073709551615u,b=t,c=FALSE,s=\"a \\\"b\\\" \\\\ c,=d\" 1");

        assertThat(points())
                .containsExactly(
                        "{_field=b, _measurement=m} 1 true",
                        "{_field=c, _measurement=m} 1 false",
                        "{_field=f, _measurement=m} 1 -1500.0",
                        "{_field=i, _measurement=m} 1 -42",
                        "{_field=s, _measurement=m} 1 a \"b\" \\ c,=d",
                        "{_field=u, _measurement=m} 1 -1");
    }

    @Test
    void escapedCharactersBelongToNames() throws LineProtocolException {
        write("my\\ mea\\,sure,ta\\=g=va\\ lue,z=\\\\x fi\\ eld=1 1");

        assertThat(points()).containsExactly("{_field=fi eld, _measurement=my mea,sure, ta=g=va lue, z=\\\\x} 1 1.0");
    }

    @Test
    void theOrderOfTagsDoesNotMatter() throws LineProtocolException {
        write("m,b=2,a=1 f=1 1\nm,a=1,b=2 f=2 1\n");

        assertThat(points()).containsExactly("{_field=f, _measurement=m, a=1, b=2} 1 2.0");
    }

    @Test
    void linesThatNameASeriesAgainFindIt() throws LineProtocolException {
        write("m,a=1 f=1 1");
        write("m,a=1 f=2,g=3 2");
        write("m,a=1 f=4 3");

        assertThat(points())
                .containsExactly(
                        "{_field=f, _measurement=m, a=1} 1 1.0",
                        "{_field=f, _measurement=m, a=1} 2 2.0",
                        "{_field=f, _measurement=m, a=1} 3 4.0",
                        "{_field=g, _measurement=m, a=1} 2 3.0");
    }

    @Test
    void commentsEmptyLinesAndSpaceAreSkipped() throws LineProtocolException {
        write("# a comment\n\n   \n\tm f=1 1\n  m f=2 2  \n");

        assertThat(points()).containsExactly("{_field=f, _measurement=m} 1 1.0", "{_field=f, _measurement=m} 2 2.0");
    }

    @Test
    void aNewlineInsideATextBelongsToIt() throws LineProtocolException {
        write("m s=\"one\ntwo\" 1\nm f=1 2");

        assertThat(points())
                .containsExactly("{_field=f, _measurement=m} 2 1.0", "{_field=s, _measurement=m} 1 one\ntwo");
    }

    @ParameterizedTest
    @CsvSource({"ns,1500,1500", "us,1500,1500000", "ms,1500,1500000000", "s,-15,-15000000000"})
    void timesHaveAPrecision(String precision, long timestamp, long nanos) throws LineProtocolException {
        write("m f=1 " + timestamp, Precision.of(precision).orElseThrow());

        assertThat(points()).containsExactly("{_field=f, _measurement=m} " + nanos + " 1.0");
    }

    @ParameterizedTest
    @CsvSource({"ns,1700000000123456789", "us,1700000000123456000", "ms,1700000000123000000", "s,1700000000000000000"})
    void aLineWithoutATimeIsNowInThePrecision(String precision, long nanos) throws LineProtocolException {
        write("m f=1", Precision.of(precision).orElseThrow());

        assertThat(points()).containsExactly("{_field=f, _measurement=m} " + nanos + " 1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m                         | missing fields",
                ",a=1 f=1                  | missing measurement",
                "m,a=1                     | missing fields",
                "m,=1 f=1                  | missing tag key",
                "m, f=1                    | missing tag key",
                "m,a f=1                   | missing tag value",
                "m,a= f=1                  | missing tag value",
                "m,a=b=c f=1               | invalid tag format",
                "m,a=1,a=2 f=1             | duplicate tags",
                "m,b=1,a=1,b=2 f=1         | duplicate tags",
                "m,_field=x f=1            | cannot use reserved tag key \"_field\"",
                "m,time=x f=1              | cannot use reserved tag key \"time\"",
                "m f                       | invalid field format",
                "m f=1,g                   | invalid field format",
                "m =1                      | missing field key",
                "m f=1,=2                  | missing field key",
                "m f=                      | missing field value",
                "m f=,g=1                  | missing field value",
                "m f=abc                   | invalid boolean",
                "m f=tru                   | invalid boolean",
                "m f=TrUE                  | invalid boolean",
                "m f=1.1.1                 | invalid number",
                "m f=1a                    | invalid number",
                "m f=-                     | invalid number",
                "m f=.                     | invalid number",
                "m f=1.5i                  | invalid number",
                "m f=1i5                   | invalid number",
                "m f=-1u                   | invalid number",
                "m f=NaN                   | invalid number",
                "m f=1e                    | invalid float",
                "m f=1e999                 | invalid float",
                "m f=1 12x                 | bad timestamp",
                "m f=1 1.5                 | bad timestamp",
                "m f=1 1 2                 | point is invalid",
                "m f=1 9223372036854775807 | time outside range -9223372036854775806 - 9223372036854775806",
            })
    void aBadLineIsRefusedInTheWordsOfInfluxdb(String line, String reason) {
        assertThatThrownBy(() -> write(line))
                .isInstanceOf(LineProtocolException.class)
                .hasMessage("unable to parse '" + line + "': " + reason);
    }

    @Test
    void aNumberBeyondItsTypeIsNamed() {
        assertThatThrownBy(() -> write("m f=9223372036854775808i 1"))
                .hasMessage("unable to parse 'm f=9223372036854775808i 1': unable to parse integer"
                        + " 9223372036854775808: strconv.ParseInt: parsing \"9223372036854775808\":"
                        + " value out of range");
        assertThatThrownBy(() -> write("m f=18446744073709551616u 1"))
                .hasMessageEndingWith("parsing \"18446744073709551616\": value out of range");
        assertThatThrownBy(() -> write("m f=1 92233720368547758080"))
                .hasMessageEndingWith(": strconv.ParseInt: parsing \"92233720368547758080\": value out of range");
    }

    @Test
    void anUnclosedTextIsRefused() {
        assertThatThrownBy(() -> write("m s=\"abc 1")).hasMessageEndingWith("': unbalanced quotes");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> write("m,a=" + "x".repeat(65_536) + " f=1 1"))
                .hasMessageEndingWith("': max key length exceeded: 65540 > 65535");
    }

    @Test
    void everyBadLineIsReportedAndTheFirstIsNumbered() {
        LineProtocolException refused = catchThrowableOfType(
                LineProtocolException.class, () -> write("# comment\nm s=\"two\nlines\" 1\nbad\nm f=1 1\nworse,\n"));

        assertThat(refused)
                .hasMessage("unable to parse 'bad': missing fields\nunable to parse 'worse,': missing tag key");
        assertThat(refused.line()).isEqualTo(4);
        assertThat(points()).isEmpty();
    }

    @Test
    void aMillionBadLinesDoNotMakeAMillionMessages() {
        LineProtocolException refused =
                catchThrowableOfType(LineProtocolException.class, () -> write("bad\n".repeat(1_000_000)));

        assertThat(refused.getMessage().length()).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, -0.0, 1.0 / 3, 123456789.12345679, 9007199254740992.0, 4.9E-324, Double.MAX_VALUE})
    void floatsAreReadExactly(double value) throws LineProtocolException {
        write("m f=" + value + " 1");

        assertThat(points()).containsExactly("{_field=f, _measurement=m} 1 " + value);
    }

    /** Whatever the bytes, there are points or there is a message: never another exception, never a hang. */
    @Test
    @Timeout(60)
    void randomBytesAreEitherPointsOrAMessage() {
        Random random = new Random(5);
        String alphabet = "m,ab=\"\\ \n\t1290.-+eEiuntTfFNrue#'\u00fc\u0000";
        int parsed = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "m,a=b f=1" : "");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            parsed += parses(text.toString()) ? 1 : 0;
        }
        assertThat(parsed).isBetween(500, 50_000);
    }

    private boolean parses(String text) {
        try {
            byte[] bytes = text.getBytes(UTF_8);
            PointBatch batch = new LineParser(bucket, Precision.NANOSECONDS, NOW).parse(bytes, bytes.length);
            return batch.points() > 0;
        } catch (LineProtocolException e) {
            return false;
        }
    }

    private void write(String lines) throws LineProtocolException {
        write(lines, Precision.NANOSECONDS);
    }

    private void write(String lines, Precision precision) throws LineProtocolException {
        byte[] bytes = lines.getBytes(UTF_8);
        store.write(bucket, new LineParser(bucket, precision, NOW).parse(bytes, bytes.length));
    }

    private List<String> points() {
        List<String> points = new ArrayList<>();
        StoreReader reader = new StoreReader(bucket, () -> {});
        ReadRequest all = new ReadRequest("b", Long.MIN_VALUE, Long.MAX_VALUE, Predicate.ALL);
        try (SeriesCursor cursor = reader.read(all)) {
            for (Optional<Series> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                Series series = next.get();
                series.blocks().forEachRemaining(block -> {
                    for (int i = 0; i < block.length(); i++) {
                        Object value = Array.get(block.values(), i);
                        points.add(series.tags() + " " + block.times()[i] + " " + value);
                    }
                });
            }
        }
        return points;
    }
}
