package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.QueryOptions;
import candlestack.flux.ResultConsumer;
import candlestack.flux.stream.TableStream;
import candlestack.flux.syntax.SourceFile;
import candlestack.flux.syntax.Statement;
import candlestack.flux.syntax.Statement.Assignment;
import candlestack.flux.syntax.Statement.Builtin;
import candlestack.flux.syntax.Statement.ExpressionStatement;
import candlestack.flux.syntax.Statement.OptionAssignment;
import candlestack.flux.syntax.Statement.Return;
import java.util.List;
import java.util.Optional;

/** Runs statements, of a query or of a package of the library. */
public final class Program {
    private final Packages packages;
    private final Scope scope;
    private final Compiler compiler;
    private final Optional<PackageValue> target;

    /** @param target the package that gets what is assigned; empty for a query */
    Program(Packages packages, Scope scope, int[] depth, Optional<PackageValue> target) {
        this.packages = packages;
        this.scope = scope;
        this.compiler = Compiler.forReading(depth);
        this.target = target;
    }

    /** Runs a query and hands its tables on as they are made. */
    public static void execute(SourceFile file, QueryOptions options, ResultConsumer consumer) {
        Query query = new Query(options);
        int[] depth = new int[1];
        Packages packages = new Packages(query, depth);
        query.globals(name -> packages.universe().find(name));
        Scope scope = new Scope(name -> packages.universe().find(name));
        Program program = new Program(packages, scope, depth, Optional.empty());
        program.imports(file.imports());
        program.run(file.statements(), query);
        query.checkNow();
        for (Query.Result result : query.results()) {
            result.stream().run(table -> consumer.table(result.name(), table));
        }
    }

    void imports(List<SourceFile.Import> imports) {
        for (SourceFile.Import declaration : imports) {
            try {
                scope.set(declaration.name(), packages.load(declaration.path()));
            } catch (FluxException e) {
                throw e.at(declaration.position());
            }
        }
    }

    private void run(List<Statement> statements, Query query) {
        for (Statement statement : statements) {
            query.check();
            if (statement instanceof ExpressionStatement expression) {
                Object value = compiler.compile(expression.expression()).run(scope);
                if (value instanceof TableStream stream && !(value instanceof Yielded)) {
                    try {
                        query.addResult("_result", stream);
                    } catch (FluxException e) {
                        throw e.at(expression.position());
                    }
                }
            } else {
                run(statement);
            }
        }
    }

    void run(List<Statement> statements) {
        statements.forEach(this::run);
    }

    private void run(Statement statement) {
        if (statement instanceof Assignment assignment) {
            assign(assignment.name(), compiler.compile(assignment.value()).run(scope));
        } else if (statement instanceof OptionAssignment option) {
            option(option);
        } else if (statement instanceof ExpressionStatement expression) {
            compiler.compile(expression.expression()).run(scope);
        } else if (statement instanceof Builtin builtin) {
            throw new FluxException(
                    FluxException.Kind.UNSUPPORTED, builtin.position(), "a query cannot declare a builtin");
        } else if (statement instanceof Return) {
            throw FluxException.invalid(statement.position(), "a return statement must stand in a function");
        } else {
            throw new FluxException(
                    FluxException.Kind.UNSUPPORTED, statement.position(), "a query cannot run a testcase");
        }
    }

    private void assign(String name, Object value) {
        if (target.isPresent()) {
            target.get().set(name, value);
        } else {
            scope.set(name, value);
        }
    }

    private void option(OptionAssignment option) {
        Object value = compiler.compile(option.value()).run(scope);
        if (option.packageName().isPresent()) {
            Object owner = scope.find(option.packageName().get());
            if (!(owner instanceof PackageValue known)) {
                throw FluxException.invalid(
                        option.position(),
                        "unknown package '" + option.packageName().get() + "'");
            }
            known.set(option.name(), value);
        } else if (target.isEmpty() && packages.universe().has(option.name())) {
            packages.universe().set(option.name(), value);
        } else {
            assign(option.name(), value);
        }
    }
}
