package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which column of this file is what. */
final class Columns {
    private final Map<Column.Role, Integer> indexes;

    private Columns(Map<Column.Role, Integer> indexes) {
        this.indexes = indexes;
    }

    /**
     * Resolves the declared columns and, where none are declared, those with usual names.
     *
     * @param header empty where the file has none
     */
    static Columns resolve(Config config, InputFile file, List<String> header) throws SourceException {
        Map<Column.Role, Integer> indexes = new EnumMap<>(Column.Role.class);
        List<Column> declared = config.get(ReplayOptions.COLUMNS);
        for (Column column : declared) {
            indexes.put(column.role(), index(column, file, header));
        }
        if (declared.isEmpty()) {
            for (Column.Role role : Column.Role.values()) {
                usual(role, header).ifPresent(index -> indexes.put(role, index));
            }
        }
        require(indexes, Column.Role.TIME, file, header);
        require(indexes, Column.Role.PRICE, file, header);
        if (config.get(ReplayOptions.SYMBOL).isEmpty()) {
            require(indexes, Column.Role.SYMBOL, file, header);
        }
        return new Columns(indexes);
    }

    boolean has(Column.Role role) {
        return indexes.containsKey(role);
    }

    /** From 0; the role must be there. */
    int index(Column.Role role) {
        return indexes.get(role);
    }

    private static int index(Column column, InputFile file, List<String> header) throws SourceException {
        int named = IntStream.range(0, header.size())
                .filter(index -> header.get(index).strip().equals(column.place()))
                .findFirst()
                .orElse(-1);
        if (named >= 0) {
            return named;
        }
        if (column.number().isEmpty()) {
            throw new SourceException(
                    ErrorKind.MISCONFIGURED,
                    "Cannot replay '" + file.written() + "': no column '" + column.place() + "' for "
                            + column.role().label() + " among " + header);
        }
        return column.number().getAsInt() - 1;
    }

    private static OptionalInt usual(Column.Role role, List<String> header) {
        List<String> names = header.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        return role.usualNames().stream()
                .mapToInt(names::indexOf)
                .filter(index -> index >= 0)
                .findFirst();
    }

    private static void require(
            Map<Column.Role, Integer> indexes, Column.Role role, InputFile file, List<String> header)
            throws SourceException {
        if (!indexes.containsKey(role)) {
            throw new SourceException(
                    ErrorKind.MISCONFIGURED,
                    "Cannot replay '" + file.written() + "': option 'columns' does not say which of " + header
                            + " is the " + role.label());
        }
    }
}
