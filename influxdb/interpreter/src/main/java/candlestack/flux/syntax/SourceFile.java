package candlestack.flux.syntax;

import candlestack.flux.Position;
import java.util.List;

/**
 * A parsed text.
 *
 * @param packageName {@code main} where the text names none
 */
public record SourceFile(String packageName, List<Import> imports, List<Statement> statements) {
    /**
     * An import.
     *
     * @param name under which it is seen: given, or the last part of the path
     */
    public record Import(Position position, String name, String path) {}
}
