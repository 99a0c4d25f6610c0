package candlestack.ingest.users;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The nationalities of randomuser.me, and what is needed to make people of them here. */
enum Nationality {
    AU("en-AU", "Australia", "TFN", GivenName.BY_GENDER),
    BR("pt-BR", "Brazil", "CPF", GivenName.BY_GENDER),
    CA("en-CA", "Canada", "SIN", GivenName.BY_GENDER),
    CH("de-CH", "Switzerland", "AVS", GivenName.BY_GENDER),
    DE("de-DE", "Germany", "SVNR", GivenName.BY_GENDER),
    DK("da-DK", "Denmark", "CPR", GivenName.BY_GENDER),
    ES("es-ES", "Spain", "DNI", GivenName.BY_GENDER),
    FI("fi-FI", "Finland", "HETU", GivenName.BY_GENDER),
    FR("fr-FR", "France", "INSEE", GivenName.ANY),
    GB("en-GB", "United Kingdom", "NINO", GivenName.BY_GENDER, "England", "Scotland", "Wales", "Northern Ireland"),
    IE("en-IE", "Ireland", "PPS", GivenName.BY_GENDER, "Connacht", "Leinster", "Munster", "Ulster"),
    IN("en-IN", "India", "UIDAI", GivenName.ANY),
    IR("fa-IR", "Iran", "", GivenName.ANY, "Tehran", "Isfahan", "Fars", "Razavi Khorasan"),
    MX("es-MX", "Mexico", "NSS", GivenName.BY_GENDER),
    NL("nl-NL", "Netherlands", "BSN", GivenName.ANY),
    NO("nb-NO", "Norway", "FN", GivenName.BY_GENDER),
    NZ("en-NZ", "New Zealand", "", GivenName.BY_GENDER),
    RS("sr-RS", "Serbia", "SID", GivenName.BY_GENDER, "Vojvodina", "Belgrade", "Šumadija", "Banat"),
    TR("tr-TR", "Turkey", "", GivenName.BY_GENDER, "Marmara", "Ege", "Akdeniz", "Karadeniz"),
    UA("uk-UA", "Ukraine", "", GivenName.BY_GENDER),
    US("en-US", "United States", "SSN", GivenName.BY_GENDER);

    private final Locale locale;
    private final String country;
    private final String idName;
    private final GivenName givenName;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> states;

    /** Whether the language's list of given names knows women's from men's. */
    enum GivenName {
        BY_GENDER,
        ANY
    }

    Nationality(String locale, String country, String idName, GivenName givenName, String... states) {
        this.locale = Locale.forLanguageTag(locale);
        this.country = country;
        this.idName = idName;
        this.givenName = givenName;
        this.states = List.of(states);
    }

    Locale locale() {
        return locale;
    }

    /** As the API writes it. */
    String country() {
        return country;
    }

    /** Name of the national identity number; empty where the API gives none. */
    String idName() {
        return idName;
    }

    GivenName givenName() {
        return givenName;
    }

    /** Parts of the country; empty where Datafaker knows them. */
    List<String> states() {
        return states;
    }

    static String codes() {
        return Arrays.stream(values()).map(Nationality::name).collect(Collectors.joining(", "));
    }

    /**
     * @param text codes separated by commas, in any case
     * @throws IllegalArgumentException if one is unknown: the API would drop the whole filter without a word
     */
    static List<Nationality> list(String text) {
        List<Nationality> list = Arrays.stream(text.split(","))
                .map(code -> valueOf(code.strip().toUpperCase(Locale.ROOT)))
                .distinct()
                .toList();
        if (list.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return list;
    }
}
