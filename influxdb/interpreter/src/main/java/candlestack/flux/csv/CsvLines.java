package candlestack.flux.csv;

import candlestack.flux.FluxException;
import java.util.ArrayList;
import java.util.List;

/** Cuts CSV into records of fields: quotes double inside quotes, a quoted field may hold line breaks. */
final class CsvLines {
    private final String text;
    private int at;
    private int number;

    CsvLines(String text) {
        this.text = text;
    }

    boolean hasNext() {
        return at < text.length();
    }

    /** The line the last record ended in, counted from 1. */
    int number() {
        return number;
    }

    /** The next record; an empty line is one empty field. */
    List<String> next() {
        List<String> fields = new ArrayList<>();
        do {
            fields.add(text.startsWith("\"", at) ? quoted() : plain());
        } while (at < text.length() && text.charAt(at++) == ',');
        number++;
        return fields;
    }

    /** A field up to the comma or line feed at {@link #at}. */
    private String plain() {
        int end = at;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '\n') {
            end++;
        }
        String field = text.substring(at, end);
        at = end;
        return field.endsWith("\r") ? field.substring(0, field.length() - 1) : field;
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        int i = at + 1;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '"') {
                field.append(c);
                number += c == '\n' ? 1 : 0;
            } else if (text.startsWith("\"", i)) {
                field.append('"');
                i++;
            } else {
                at = i;
                return field.append(plain()).toString();
            }
        }
        throw FluxException.invalid("failed to read CSV: line " + (number + 1) + ": a quoted field is not closed");
    }
}
