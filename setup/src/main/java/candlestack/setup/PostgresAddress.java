package candlestack.setup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JDBC address in its parts, so that another database of the same server can be reached. */
record PostgresAddress(String server, String database, String parameters) {
    private static final Pattern FORM = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^/?]+)(\\?.*)?");

    static PostgresAddress parse(String url) {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            throw new SetupException("Invalid postgres.url: '" + url
                    + "', expected host, port and database as in jdbc:postgresql://db:5432/candlestack");
        }
        String parameters = matcher.group(3);
        return new PostgresAddress(matcher.group(1), matcher.group(2), parameters == null ? "" : parameters);
    }

    String url() {
        return database(database);
    }

    String database(String other) {
        return server + other + parameters;
    }
}
