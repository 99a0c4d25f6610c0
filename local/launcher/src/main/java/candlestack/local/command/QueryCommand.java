package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.console.RowWriter;
import candlestack.local.query.FluxQuery;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "query",
        description = "Asks InfluxDB in Flux, as the reader.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack query 'buckets()'",
            "  ./candlestack query 'from(bucket: \"market\") |> range(start: -5m)",
            "      |> filter(fn: (r) => r._measurement == \"bar\" and r._field == \"sma_20\") |> last()'",
            "  ./candlestack query --json -f my.flux"
        })
public final class QueryCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Mixin
    private Statement statement;

    @Mixin
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = where.running();
        FluxQuery query = new FluxQuery(installation.settings(), installation.secrets());
        String flux = statement.text();
        RowWriter rows = format.format().writer(spec.commandLine().getOut());
        query.run(flux, rows);
        rows.end();
        return 0;
    }
}
