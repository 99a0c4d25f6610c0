package candlestack.viewer.query;

/** What a text with variables is written in, which decides how their values are made harmless. */
public enum Language {
    FLUX,
    SQL,
    CQL,
    URL;

    boolean quotesLikeSql() {
        return this == SQL || this == CQL;
    }
}
