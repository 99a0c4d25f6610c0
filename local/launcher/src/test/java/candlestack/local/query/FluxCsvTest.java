package candlestack.local.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.local.LauncherException;
import candlestack.local.console.OutputFormat;
import candlestack.local.console.RowWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FluxCsvTest {
    private static final String TWO_TABLES = """
            #datatype,string,long,dateTime:RFC3339,double,string\r
            ,result,table,_time,_value,symbol\r
            ,_result,0,2026-11-22T10:00:00Z,1.5,BTC-USD\r
            ,_result,0,2026-11-22T10:01:00Z,,"a,b"\r
            \r
            #datatype,string,long,dateTime:RFC3339,long,boolean\r
            ,result,table,_start,n,up\r
            ,_result,0,2026-11-22T10:00:00Z,42,true\r
            """;

    @Test
    void showsTheTablesWithoutTheColumnsThatNumberThem() throws IOException {
        assertThat(written(TWO_TABLES, OutputFormat.TABLE)).isEqualTo("""
                        _time                 _value  symbol
                        2026-11-22T10:00:00Z     1.5  BTC-USD
                        2026-11-22T10:01:00Z          a,b
                        (2 rows)

                         n  up
                        42  true
                        (1 row)
                        """);
    }

    @Test
    void givesProgramsTypedValues() throws IOException {
        assertThat(written(TWO_TABLES, OutputFormat.JSON))
                .isEqualTo("[{\"_time\":\"2026-11-22T10:00:00Z\",\"_value\":1.5,\"symbol\":\"BTC-USD\"},"
                        + "{\"_time\":\"2026-11-22T10:01:00Z\",\"_value\":null,\"symbol\":\"a,b\"},"
                        + "{\"n\":42,\"up\":true}]\n");
        assertThat(written(TWO_TABLES, OutputFormat.CSV))
                .isEqualTo("_time,_value,symbol\r\n2026-11-22T10:00:00Z,1.5,BTC-USD\r\n"
                        + "2026-11-22T10:01:00Z,,\"a,b\"\r\nn,up\r\n42,true\r\n");
    }

    @Test
    void anAnswerWithoutRowsSaysSo() throws IOException {
        assertThat(written("\r\n", OutputFormat.TABLE)).isEqualTo("(no rows)\n");
        assertThat(written("\r\n", OutputFormat.JSON)).isEqualTo("[]\n");
    }

    @Test
    void anErrorAfterTheFirstRowsIsAnError() {
        String csv = TWO_TABLES + "\r\n#datatype,string,string\r\n,error,reference\r\n,memory limit,897\r\n";

        LauncherException failure =
                catchThrowableOfType(LauncherException.class, () -> written(csv, OutputFormat.TABLE));

        assertThat(failure).hasMessage("Cannot query: memory limit");
    }

    private static String written(String csv, OutputFormat format) throws IOException {
        StringWriter text = new StringWriter();
        RowWriter rows = format.writer(new PrintWriter(text));
        new FluxCsv(rows).read(new StringReader(csv));
        rows.end();
        return text.toString();
    }
}
