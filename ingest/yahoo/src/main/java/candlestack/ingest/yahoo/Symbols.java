package candlestack.ingest.yahoo;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out which symbols are meant: those listed, those in a file, and those of named sets. */
final class Symbols {
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9^][A-Z0-9.^=_&-]{0,31}");

    private Symbols() {}

    static boolean isSymbol(String text) {
        return SYMBOL.matcher(text).matches();
    }

    /** @throws SourceException of kind MISCONFIGURED if the file cannot be read or has a line that is no symbol */
    static List<String> of(YahooConfig config) throws SourceException {
        Set<String> symbols = new LinkedHashSet<>();
        config.symbols().forEach(symbol -> symbols.add(symbol.toUpperCase(Locale.ROOT)));
        if (config.symbolsFile().isPresent()) {
            symbols.addAll(file(config.symbolsFile().get()));
        }
        config.sets().forEach(set -> symbols.addAll(set.symbols()));
        if (symbols.isEmpty()) {
            throw new SourceException(
                    ErrorKind.MISCONFIGURED,
                    "Cannot watch Yahoo Finance: no symbol in "
                            + config.symbolsFile().orElseThrow());
        }
        return List.copyOf(symbols);
    }

    private static List<String> file(Path file) throws SourceException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new SourceException(
                    ErrorKind.MISCONFIGURED, "Cannot read symbols-file '" + file + "': " + e.getMessage(), e);
        }
        List<String> symbols = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            for (String symbol : symbols(lines.get(n))) {
                if (!isSymbol(symbol)) {
                    throw new SourceException(
                            ErrorKind.MISCONFIGURED,
                            "Cannot read symbols-file '" + file + "', line " + (n + 1) + ": '" + symbol
                                    + "' is no symbol such as AAPL, BTC-USD or ^GSPC");
                }
                symbols.add(symbol);
            }
        }
        return symbols;
    }

    /** Symbols separated by spaces or commas; what follows {@code #} is a comment. */
    private static List<String> symbols(String line) {
        List<String> symbols = new ArrayList<>();
        for (String word : line.replaceFirst("#.*", "").split("[\\s,;]+")) {
            if (!word.isEmpty()) {
                symbols.add(word.toUpperCase(Locale.ROOT));
            }
        }
        return symbols;
    }

    /** The symbols of a set that comes with the source. */
    static List<String> set(String name) {
        try (InputStream resource = Symbols.class.getResourceAsStream("sets/" + name + ".txt")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().flatMap(line -> symbols(line).stream()).toList();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the set '" + name + "'", e);
        }
    }
}
