package candlestack.local.command;

import candlestack.local.Installation;
import candlestack.local.console.RowWriter;
import candlestack.local.query.SqlQuery;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        description = "Asks PostgreSQL in SQL, as the role that can only read.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack sql 'select * from market.bars order by ts desc limit 5'",
            "  ./candlestack sql --csv \"select * from market.bars where symbol = 'BTC-USD'\" > bars.csv"
        })
public final class SqlCommand implements Callable<Integer> {
    @Mixin
    private Where where;

    @Mixin
    private Statement statement;

    @Mixin
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Installation installation = where.running();
        SqlQuery query = new SqlQuery(installation.settings(), installation.secrets());
        String sql = statement.text();
        RowWriter rows = format.format().writer(spec.commandLine().getOut());
        query.run(sql, rows);
        rows.end();
        return 0;
    }
}
