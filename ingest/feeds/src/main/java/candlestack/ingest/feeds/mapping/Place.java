package candlestack.ingest.feeds.mapping;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.regex.Pattern;

/** Where a part of an event is found. */
sealed interface Place {
    Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");

    /** In the item's JSON. */
    record Pointer(JsonPointer path) implements Place {
        public Pointer {
            requireNonNull(path, "path is null");
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Beside the JSON, such as {@code @key} of a record. */
    record Attribute(String name) implements Place {
        public Attribute {
            requireNonNull(name, "name is null");
        }

        @Override
        public String toString() {
            return '@' + name;
        }
    }

    /** The same for every item. */
    record Constant(String text) implements Place {
        public Constant {
            requireNonNull(text, "text is null");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A pointer begins with a slash, an attribute with an at sign; all else stands for itself. */
    static Place parse(String text) {
        if (text.startsWith("/")) {
            return new Pointer(pointer(text));
        }
        if (text.isBlank() || text.equals("@")) {
            throw new IllegalArgumentException("no place: '" + text + "'");
        }
        return text.startsWith("@") ? new Attribute(text.substring(1)) : new Constant(text);
    }

    /** @param text as RFC 6901 says; empty for the whole document */
    static JsonPointer pointer(String text) {
        if (!POINTER.matcher(text).matches()) {
            throw new IllegalArgumentException("no JSON pointer: '" + text + "'");
        }
        return JsonPointer.compile(text);
    }
}
