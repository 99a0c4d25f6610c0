package candlestack.flux.syntax;

/** Reads over the type of a builtin statement: types are not needed to run a query, their form is checked. */
final class TypeParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    TypeParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    void typeExpression() {
        type();
        if (isName("where")) {
            cursor.take();
            do {
                cursor.identifier();
                cursor.expect(":");
                do {
                    cursor.identifier();
                } while (cursor.takeIf("+"));
            } while (cursor.takeIf(","));
        }
    }

    private void type() {
        cursor.enter();
        if (cursor.takeIf("[")) {
            type();
            if (cursor.takeIf(":")) {
                type();
            }
            cursor.expect("]");
        } else if (cursor.takeIf("{")) {
            properties();
        } else if (cursor.takeIf("(")) {
            parameters();
        } else if (cursor.takeIf(".")) {
            label();
        } else {
            cursor.identifier();
            if (cursor.takeIf("[")) {
                type();
                cursor.expect("]");
            }
        }
        cursor.leave();
    }

    private void properties() {
        if (cursor.peek().kind() == Token.Kind.IDENTIFIER
                && "with".equals(cursor.second().text())) {
            cursor.take();
            cursor.take();
        }
        while (!cursor.takeIf("}")) {
            label();
            cursor.takeIf("?");
            cursor.expect(":");
            type();
            if (!cursor.at("}")) {
                cursor.expect(",");
            }
        }
    }

    private void parameters() {
        while (!cursor.takeIf(")")) {
            if (!cursor.takeIf("<-")) {
                cursor.takeIf("?");
            }
            if (cursor.peek().kind() == Token.Kind.IDENTIFIER) {
                cursor.identifier();
            }
            cursor.expect(":");
            type();
            if (cursor.takeIf("=")) {
                type();
            }
            if (!cursor.at(")")) {
                cursor.expect(",");
            }
        }
        cursor.expect("=>");
        type();
    }

    private void label() {
        if (cursor.at("\"")) {
            expressions.plainString();
        } else {
            cursor.identifier();
        }
    }

    private boolean isName(String name) {
        return cursor.peek().kind() == Token.Kind.IDENTIFIER
                && cursor.peek().text().equals(name);
    }
}
