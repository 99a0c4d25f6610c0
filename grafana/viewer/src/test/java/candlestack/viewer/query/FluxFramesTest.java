package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FluxFramesTest {
    private static final String SERIES = """
            #datatype,string,long,dateTime:RFC3339,double,string,string,string
            #group,false,false,false,false,true,true,true
            #default,_result,,,,,,
            ,result,table,_time,_value,_field,_measurement,symbol
            ,,0,2026-01-02T03:00:00Z,1.5,close,bar,A
            ,,0,2026-01-02T03:01:00.25Z,,close,bar,A
            ,,1,2026-01-02T03:00:00Z,2,close,bar,B
            """;

    @Test
    void aLoneTimeAndValueAreASeriesNamedByTheirField() throws IOException {
        assertThat(read(SERIES))
                .containsExactly(
                        series(
                                Map.of("symbol", "A"),
                                List.of(at("03:00:00Z"), at("03:01:00.25Z")),
                                Arrays.asList(1.5, null)),
                        series(Map.of("symbol", "B"), List.of(at("03:00:00Z")), List.of(2.0)));
    }

    @Test
    void aTableKeepsItsColumnsAndTypes() throws IOException {
        List<Frame> frames = read("""
                #datatype,string,long,string,double,boolean,long
                #group,false,false,false,false,false,false
                #default,_result,,none,,,
                ,result,table,symbol,change,rising,trades
                ,,0,A,0.25,true,7
                ,,0,,-Inf,false,
                """);

        assertThat(frames)
                .containsExactly(new Frame(
                        "",
                        List.of(
                                new Field("symbol", FieldType.STRING, Map.of(), List.of("A", "none")),
                                new Field(
                                        "change", FieldType.NUMBER, Map.of(), List.of(0.25, Double.NEGATIVE_INFINITY)),
                                new Field("rising", FieldType.BOOLEAN, Map.of(), List.of(true, false)),
                                new Field("trades", FieldType.NUMBER, Map.of(), Arrays.asList(7.0, null)))));
    }

    @Test
    void framesSplitWhereTheGroupKeyChangesNotByTheTableColumn() throws IOException {
        List<Frame> frames = read(
                SERIES.replace(",,1,2026-01-02T03:00:00Z,2,close,bar,B", ",,1,2026-01-02T03:02:00Z,2,close,bar,A"));

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).rows()).isEqualTo(3);
    }

    @Test
    void aNewBlockOfAnnotationsIsANewSchema() throws IOException {
        List<Frame> frames = read(SERIES + """

                #datatype,string,long,string
                #group,false,false,false
                #default,names,,
                ,result,table,_value
                ,,0,BTC-USD
                """);

        assertThat(frames).hasSize(3);
        assertThat(frames.get(2).fields())
                .containsExactly(new Field("_value", FieldType.STRING, Map.of(), List.of("BTC-USD")));
    }

    @Test
    void anErrorAfterTheFirstRowsIsTheAnswer() {
        String broken =
                SERIES + "\n#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n,out of memory,\n";

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(QueryException.class)
                .hasMessage("out of memory");
    }

    @Test
    void leavesOutWhatIsBeyondTheLimitAndSaysSo() throws IOException {
        List<Frame> frames = FluxFrames.read(stream(SERIES), new Limits(Duration.ofSeconds(1), 1));

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).rows()).isEqualTo(1);
        assertThat(frames.get(0).notices())
                .containsExactly("Only the first 1 rows are shown: choose a shorter range or a wider interval");
    }

    @Test
    void anEmptyAnswerHasNoFrames() throws IOException {
        assertThat(read("\r\n")).isEmpty();
    }

    private static Frame series(Map<String, String> labels, List<Object> times, List<Object> values) {
        return new Frame(
                "bar",
                List.of(
                        new Field("Time", FieldType.TIME, Map.of(), times),
                        new Field("close", FieldType.NUMBER, labels, values)));
    }

    private static Object at(String time) {
        return Instant.parse("2026-01-02T" + time).toEpochMilli();
    }

    private static List<Frame> read(String csv) throws IOException {
        return FluxFrames.read(stream(csv.replace("\n", "\r\n")), Limits.DEFAULT);
    }

    private static ByteArrayInputStream stream(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }
}
