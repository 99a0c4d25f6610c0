package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Closure;
import candlestack.flux.storage.Predicate;
import candlestack.flux.syntax.Expression;
import candlestack.flux.syntax.Expression.Binary;
import candlestack.flux.syntax.Expression.Call;
import candlestack.flux.syntax.Expression.Identifier;
import candlestack.flux.syntax.Expression.Literal;
import candlestack.flux.syntax.Expression.Logical;
import candlestack.flux.syntax.Expression.Member;
import candlestack.flux.syntax.Expression.Unary;
import candlestack.flux.syntax.Statement;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.Values;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The condition of a {@code filter}: comparisons of columns with constants run on the columns, the rest as written. */
public final class RowPredicate {
    private static final Set<String> NO_TAGS = Set.of("_value", "_time", "_start", "_stop");

    private final List<Term> terms;

    /** One of the conditions that must all hold. */
    private interface Term {
        IntPredicate bind(Table table);

        /** The same on a series' tags, if it is about tags alone. */
        default Optional<Predicate> storage() {
            return Optional.empty();
        }
    }

    private RowPredicate(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    public static RowPredicate of(FunctionValue function) {
        List<Term> terms = new ArrayList<>();
        Optional<Expression> body = body(function);
        if (body.isEmpty() || !split((Closure) function, body.get(), terms)) {
            terms.clear();
            terms.add(table -> row -> truth(function.call("r", new RowRecord(table, row))));
        }
        return new RowPredicate(terms);
    }

    private static Optional<Expression> body(FunctionValue function) {
        if (function instanceof Closure closure
                && closure.source().parameters().size() == 1
                && closure.source().parameters().get(0).name().equals("r")
                && closure.source().body().statements().size() == 1
                && closure.source().body().statements().get(0) instanceof Statement.Return result) {
            return Optional.of(result.value());
        }
        return Optional.empty();
    }

    private static boolean split(Closure function, Expression body, List<Term> terms) {
        if (body instanceof Logical logical && logical.operator().equals("and")) {
            return split(function, logical.left(), terms) && split(function, logical.right(), terms);
        }
        if (body instanceof Identifier identifier && identifier.name().equals("true")) {
            return true;
        }
        Optional<Term> term = term(function, body);
        term.ifPresent(terms::add);
        return term.isPresent();
    }

    private static Optional<Term> term(Closure function, Expression body) {
        if (body instanceof Logical logical) {
            Optional<Term> left = term(function, logical.left());
            Optional<Term> right = term(function, logical.right());
            return left.flatMap(a -> right.map(b -> both(logical.operator().equals("and"), a, b)));
        }
        if (body instanceof Unary unary
                && unary.operator().equals("exists")
                && unary.operand() instanceof Member member
                && isRow(member.object())) {
            return Optional.of(new Exists(member.name()));
        }
        if (body instanceof Binary binary) {
            if (binary.left() instanceof Member member && isRow(member.object()) && isConstant(binary.right())) {
                return comparison(function, member.name(), binary.operator(), binary.right());
            }
            if (binary.right() instanceof Member member && isRow(member.object()) && isConstant(binary.left())) {
                return comparison(function, member.name(), mirrored(binary.operator()), binary.left());
            }
        }
        return Optional.empty();
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static boolean isRow(Expression expression) {
        return expression instanceof Identifier identifier && identifier.name().equals("r");
    }

    private static boolean isConstant(Expression expression) {
        if (expression instanceof Identifier identifier) {
            return !identifier.name().equals("r");
        }
        if (expression instanceof Member member) {
            return isConstant(member.object());
        }
        if (expression instanceof Unary unary) {
            return isConstant(unary.operand());
        }
        if (expression instanceof Call call) {
            return isConstant(call.function())
                    && call.arguments().stream().allMatch(argument -> isConstant(argument.value()));
        }
        return expression instanceof Literal;
    }

    private static Optional<Term> comparison(Closure function, String column, String operator, Expression expression) {
        Object constant = function.evaluate(expression);
        boolean ready = constant instanceof Pattern
                ? operator.endsWith("~") && operator.length() == 2 || operator.equals("=~")
                : Values.columnType(constant).isPresent() && !(constant instanceof Null);
        return ready
                ? Optional.of(new ColumnComparison(column, operator, constant, expression.position()))
                : Optional.empty();
    }

    private static Term both(boolean and, Term left, Term right) {
        return new Term() {
            @Override
            public IntPredicate bind(Table table) {
                IntPredicate a = left.bind(table);
                IntPredicate b = right.bind(table);
                return and ? a.and(b) : a.or(b);
            }

            @Override
            public Optional<Predicate> storage() {
                return left.storage()
                        .flatMap(a -> right.storage()
                                .map(b -> and ? new Predicate.And(List.of(a, b)) : new Predicate.Or(List.of(a, b))));
            }
        };
    }

    /** {@code exists r.column} */
    private record Exists(String column) implements Term {
        @Override
        public IntPredicate bind(Table table) {
            int index = table.indexOf(column);
            return index < 0 ? row -> false : row -> !table.column(index).isNull(row);
        }

        @Override
        public Optional<Predicate> storage() {
            return NO_TAGS.contains(column) ? Optional.empty() : Optional.of(new Predicate.Exists(column));
        }
    }

    /** A comparison of a column with a constant. */
    private record ColumnComparison(String column, String operator, Object constant, candlestack.flux.Position position)
            implements Term {
        @Override
        public IntPredicate bind(Table table) {
            int index = table.indexOf(column);
            if (index < 0) {
                return row -> false;
            }
            try {
                return ColumnTest.of(table.column(index), operator, constant);
            } catch (FluxException e) {
                throw e.at(position);
            }
        }

        @Override
        public Optional<Predicate> storage() {
            if (NO_TAGS.contains(column)) {
                return Optional.empty();
            }
            if (constant instanceof Pattern pattern) {
                return Optional.of(
                        operator.equals("=~")
                                ? new Predicate.Matches(column, pattern)
                                : new Predicate.NotMatches(column, pattern));
            }
            if (!(constant instanceof String text)) {
                return Optional.empty();
            }
            return switch (operator) {
                case "==" -> Optional.of(new Predicate.Equal(column, text));
                case "!=" -> Optional.of(new Predicate.NotEqual(column, text));
                default -> Optional.empty();
            };
        }
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Null) {
            return false;
        }
        throw FluxException.invalid("expected the function to return bool, got " + Values.typeName(value));
    }

    /** The conditions a store can check. */
    public Predicate storage() {
        return new Predicate.And(
                terms.stream().map(Term::storage).flatMap(Optional::stream).toList());
    }

    /** What is left when the store has checked {@link #storage()}; empty if nothing is. */
    public Optional<RowPredicate> residue() {
        List<Term> rest =
                terms.stream().filter(term -> term.storage().isEmpty()).toList();
        return rest.isEmpty() ? Optional.empty() : Optional.of(new RowPredicate(rest));
    }

    /** Which rows of a table pass. */
    public IntPredicate bind(Table table) {
        IntPredicate result = row -> true;
        for (int i = 0; i < terms.size(); i++) {
            IntPredicate next = terms.get(i).bind(table);
            result = i == 0 ? next : result.and(next);
        }
        return result;
    }
}
