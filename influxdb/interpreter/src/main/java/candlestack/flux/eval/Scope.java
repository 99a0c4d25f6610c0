package candlestack.flux.eval;

import java.util.Arrays;

/** Names and their values, one inside another. Small: a block's or a function's own. */
final class Scope {
    private final Scope parent;
    private final Globals globals;
    private String[] names = new String[4];
    private Object[] values = new Object[4];
    private int size;

    /** What looks up the names no scope has. */
    interface Globals {
        /** The value, or null if there is none. */
        Object find(String name);
    }

    Scope(Globals globals) {
        this.parent = null;
        this.globals = globals;
    }

    Scope(Scope parent) {
        this.parent = parent;
        this.globals = parent.globals;
    }

    void set(String name, Object value) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** The value, or null if the name is unknown. */
    Object find(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            for (int i = scope.size - 1; i >= 0; i--) {
                if (scope.names[i].equals(name)) {
                    return scope.values[i];
                }
            }
        }
        return globals.find(name);
    }

    /** The names of this scope alone. */
    String[] ownNames() {
        return Arrays.copyOf(names, size);
    }

    Object own(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }
}
