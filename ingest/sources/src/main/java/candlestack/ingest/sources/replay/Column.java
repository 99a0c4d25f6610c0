package candlestack.ingest.sources.replay;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where to find a part of a quote.
 *
 * @param place the column's name in the header or its number from 1
 */
record Column(Role role, String place) {
    /** The parts of a quote, each with the headers that usually stand over it. */
    enum Role {
        TIME("time timestamp date datetime ts"),
        PRICE("price close last rate"),
        SIZE("size amount volume quantity qty"),
        BID("bid bid_price"),
        ASK("ask ask_price"),
        SYMBOL("symbol ticker instrument");

        private final String usualNames;

        Role(String usualNames) {
            this.usualNames = usualNames;
        }

        List<String> usualNames() {
            return List.of(usualNames.split(" "));
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Column {
        requireNonNull(role, "role is null");
        requireNonNull(place, "place is null");
    }

    /** From {@code time=timestamp,price=2}; a role is there once. */
    static List<Column> list(String text) {
        List<Column> columns = Arrays.stream(text.split(","))
                .filter(item -> !item.isBlank())
                .map(Column::parse)
                .toList();
        Set<Role> roles = columns.stream().map(Column::role).collect(Collectors.toSet());
        if (roles.size() < columns.size()) {
            throw new IllegalArgumentException();
        }
        return columns;
    }

    private static Column parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || text.substring(equals + 1).isBlank()) {
            throw new IllegalArgumentException();
        }
        Role role = Role.valueOf(text.substring(0, equals).strip().toUpperCase(Locale.ROOT));
        return new Column(role, text.substring(equals + 1).strip());
    }

    OptionalInt number() {
        return place.matches("[1-9]\\d{0,3}") ? OptionalInt.of(Integer.parseInt(place)) : OptionalInt.empty();
    }
}
