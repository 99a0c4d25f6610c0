package candlestack.flux;

import candlestack.flux.syntax.SourceFile;
import candlestack.flux.syntax.SourceFile.Import;
import candlestack.flux.syntax.Statement;
import candlestack.flux.syntax.Statement.ExpressionStatement;
import candlestack.flux.syntax.Statement.Testcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The testcases of a folder of Flux files. */
final class Corpus {
    private static final String BUCKET = "corpus";
    private static final long MEMORY = 500_000_000;

    private final Path folder;
    private final Map<String, Case> cases = new LinkedHashMap<>();

    /** A testcase with the file it stands in. */
    record Case(String name, SourceFile file, Testcase testcase) {}

    Corpus(Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith("_test.flux"))
                    .sorted()
                    .toList()) {
                add(file);
            }
        }
    }

    private void add(Path path) throws IOException {
        SourceFile file = Flux.parse(Files.readString(path));
        for (Statement statement : file.statements()) {
            if (statement instanceof Testcase testcase) {
                String name = folder.relativize(path) + ":" + testcase.name();
                cases.put(name, new Case(name, file, testcase));
            }
        }
    }

    List<Case> cases() {
        return List.copyOf(cases.values());
    }

    /** Runs a case as it stands; throws if it fails. */
    static void run(Corpus corpus, Case testcase) {
        execute(corpus.program(testcase, Optional.empty()), new MemoryStorage().bucket(BUCKET));
    }

    /** Runs a case with its data written to a store first and read from it. */
    static void runStored(Corpus corpus, Case testcase) {
        MemoryStorage storage = new MemoryStorage().bucket(BUCKET);
        String write = "option testing.load = (tables=<-) => tables |> to(bucket: \"corpus\")";
        try {
            execute(corpus.program(testcase, Optional.of(write)), storage);
        } catch (FluxException | AssertionError e) {
            // The comparison may well fail while the data is only being written; what counts is the second run.
        }
        String read = "option testing.load = (tables=<-) => from(bucket: \"corpus\")";
        execute(corpus.program(testcase, Optional.of(read)), storage);
    }

    /** Whether the case marks its data, so that it can be loaded from elsewhere. */
    static boolean loads(Case testcase) {
        return testcase.toString().contains("name=load");
    }

    private SourceFile program(Case testcase, Optional<String> option) {
        List<Import> imports = new ArrayList<>(testcase.file().imports());
        List<Statement> statements = new ArrayList<>();
        option.ifPresent(text -> statements.addAll(Flux.parse(text).statements()));
        statements.addAll(flattened(testcase, imports));
        return new SourceFile("main", imports, statements);
    }

    private List<Statement> flattened(Case testcase, List<Import> imports) {
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : testcase.file().statements()) {
            if (!(statement instanceof Testcase)) {
                statements.add(statement);
            }
        }
        for (Statement statement : testcase.testcase().body()) {
            if (statement instanceof ExpressionStatement call
                    && call.expression().toString().contains("name=super")) {
                Case parent = parent(testcase);
                imports.addAll(parent.file().imports());
                statements.addAll(flattened(parent, imports));
            } else {
                statements.add(statement);
            }
        }
        return statements;
    }

    private Case parent(Case testcase) {
        String parent = testcase.testcase().parent().orElseThrow();
        String file = parent.substring(0, parent.indexOf('.'));
        String name = parent.substring(parent.indexOf('.') + 1);
        return cases.values().stream()
                .filter(c -> c.testcase().name().equals(name))
                .filter(c -> c.name().contains(file + ".flux")
                        || c.file().packageName().equals(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no testcase " + parent));
    }

    private static void execute(SourceFile file, MemoryStorage storage) {
        QueryOptions options = new QueryOptions(
                storage, Instant.now(), "org", MEMORY, Instant.now().plusSeconds(20), () -> false);
        StringBuilder differences = new StringBuilder();
        candlestack.flux.csv.CsvWriter writer =
                new candlestack.flux.csv.CsvWriter(differences, candlestack.flux.csv.Dialect.ANNOTATED);
        Flux.execute(file, options, (result, table) -> {
            if (result.equals("errorOutput") && !table.isEmpty() && differences.length() < 4000) {
                writer.table(result, table);
            }
        });
        if (!differences.isEmpty()) {
            throw new AssertionError("want (-) and got (+) differ:\n" + differences);
        }
    }

    /** Prints each case's outcome: how the list of cases that pass is made. */
    public static void main(String[] arguments) throws IOException {
        Corpus corpus = new Corpus(Path.of(arguments[0]));
        for (Case testcase : corpus.cases()) {
            print(testcase.name(), () -> run(corpus, testcase));
            if (loads(testcase)) {
                print(testcase.name() + " stored", () -> runStored(corpus, testcase));
            }
        }
    }

    private static void print(String name, Runnable run) {
        try {
            run.run();
            System.out.println("PASS " + name);
        } catch (RuntimeException | AssertionError e) {
            String message = String.valueOf(e.getMessage());
            String place = e instanceof FluxException || e instanceof AssertionError
                    ? ""
                    : e.getClass().getSimpleName() + " " + e.getStackTrace()[0] + " ";
            System.out.println("FAIL " + name + " | " + place
                    + message.replace("\r\n", "¶").replace("\n", " "));
        }
    }
}
