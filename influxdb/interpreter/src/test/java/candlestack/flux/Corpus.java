package candlestack.flux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import candlestack.flux.csv.CsvWriter;
import candlestack.flux.csv.Dialect;
import candlestack.flux.storage.Storage;
import candlestack.flux.syntax.SourceFile;
import candlestack.flux.syntax.SourceFile.Import;
import candlestack.flux.syntax.Statement;
import candlestack.flux.syntax.Statement.ExpressionStatement;
import candlestack.flux.syntax.Statement.Testcase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The testcases of a folder of Flux files. */
public final class Corpus {
    /** Where cases write their data to and read it from. */
    public static final String BUCKET = "corpus";

    private static final long MEMORY = 500_000_000;

    private final Path folder;
    private final Map<String, Case> cases = new LinkedHashMap<>();

    /** A testcase with the file it stands in. */
    public record Case(String name, SourceFile file, Testcase testcase) {}

    public Corpus(Path folder) throws IOException {
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

    public List<Case> cases() {
        return List.copyOf(cases.values());
    }

    /** Runs a case as it stands; throws if it fails. */
    static void run(Corpus corpus, Case testcase) {
        execute(corpus.program(testcase, Optional.empty()), new MemoryStorage().bucket(BUCKET));
    }

    /** Runs a case with its data written to a store first and read from it. */
    static void runStored(Corpus corpus, Case testcase) {
        runStored(corpus, testcase, new MemoryStorage().bucket(BUCKET));
    }

    /** The same with a store that has an empty bucket {@link #BUCKET}. */
    public static void runStored(Corpus corpus, Case testcase, Storage storage) {
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
    public static boolean loads(Case testcase) {
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

    private static void execute(SourceFile file, Storage storage) {
        QueryOptions options = new QueryOptions(
                storage, Instant.now(), "org", MEMORY, Instant.now().plusSeconds(20), () -> false);
        ByteArrayOutputStream differences = new ByteArrayOutputStream();
        CsvWriter writer = new CsvWriter(differences, Dialect.ANNOTATED);
        Flux.execute(file, options, (result, table) -> {
            if (result.equals("errorOutput") && !table.isEmpty() && differences.size() < 4000) {
                writer.table(result, table);
                writer.flush();
            }
        });
        if (differences.size() > 0) {
            throw new AssertionError("want (-) and got (+) differ:\n" + differences.toString(UTF_8));
        }
    }

    /** The names of the cases that pass, those through a store with {@code stored} at the end. */
    public static Set<String> passing() {
        try (InputStream list = requireNonNull(
                Corpus.class.getResourceAsStream("corpus-passing.txt"), "corpus-passing.txt is missing")) {
            return new TreeSet<>(new String(list.readAllBytes(), UTF_8).lines().toList());
        } catch (IOException e) {
            throw new AssertionError(e);
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
