package candlestack.local.command;

import candlestack.local.console.RowWriter;
import candlestack.local.query.CqlQuery;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "cql",
        description = "Asks Cassandra in CQL, as the role that can only read.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./candlestack cql 'select country, users, mean_age from users.mean_age_by_country'",
            "  ./candlestack cql --json \"select full_name, age from users.profiles_by_country where country = 'Norway'\""
        })
public final class CqlCommand implements Callable<Integer> {
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
        CqlQuery query = new CqlQuery(where.running());
        String cql = statement.text();
        RowWriter rows = format.format().writer(spec.commandLine().getOut());
        query.run(cql, rows);
        rows.end();
        return 0;
    }
}
