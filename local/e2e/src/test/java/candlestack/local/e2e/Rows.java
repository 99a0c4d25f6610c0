package candlestack.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What the stores hold, asked through the command line. */
final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Checkout checkout;

    Rows(Checkout checkout) {
        this.checkout = checkout;
    }

    JsonNode sql(String sql) throws IOException, InterruptedException {
        return JSON.readTree(checkout.output("sql", "--json", sql));
    }

    JsonNode flux(String flux) throws IOException, InterruptedException {
        return JSON.readTree(checkout.output("query", "--json", flux));
    }

    /** The one number of a query that has one; 0 where there is no row. */
    long sqlNumber(String sql) throws IOException, InterruptedException {
        return sql(sql).path(0).path("n").asLong();
    }

    /** Of all years that the trades may have. */
    static String bars(String interval) {
        return "from(bucket: \"market\") |> range(start: 2013-01-01T00:00:00Z) |> filter(fn: (r) =>"
                + " r._measurement == \"bar\" and r.symbol == \"BTC-USD\" and r.interval == \"" + interval + "\")";
    }

    long fluxNumber(String flux) throws IOException, InterruptedException {
        return flux(flux).path(0).path("_value").asLong();
    }
}
