package candlestack.local.command;

import candlestack.config.Suggestions;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Shows the last lines of one part's log, or of all.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./candlestack logs analytics -f", "  ./candlestack logs kafka --lines 200"})
public final class LogsCommand implements Callable<Integer> {
    private static final String SUFFIX = ".log";
    private static final long LOOK_MILLIS = 250;

    @Mixin
    private Where where;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A part, as 'status' names it.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written next, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "20",
            description = "Lines of each log, 20 by default.")
    private int lines;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> files = files(where.installation());
        PrintWriter out = spec.commandLine().getOut();
        Map<Path, Long> offsets = new LinkedHashMap<>();
        for (Path file : files) {
            offsets.put(file, Files.size(file));
            tail(file).forEach(line -> out.println(prefix(file, files) + line));
        }
        out.flush();
        while (follow && !out.checkError()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            for (Path file : files) {
                offsets.put(file, printNews(file, offsets.get(file), prefix(file, files), out));
            }
        }
        return 0;
    }

    private List<Path> files(Installation installation) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(installation.logs())) {
            try (Stream<Path> found = Files.list(installation.logs())) {
                found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(files::add);
            }
        }
        if (name == null) {
            return files;
        }
        List<String> names = files.stream().map(LogsCommand::nameOf).toList();
        if (!names.contains(name)) {
            throw LauncherException.usage("Cannot show the log of '" + name + "': there is "
                    + (names.isEmpty() ? "none yet" : String.join(", ", names)) + Suggestions.hint(name, names));
        }
        return List.of(files.get(names.indexOf(name)));
    }

    private List<String> tail(Path file) throws IOException {
        List<String> all =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** @return where the next look begins: after the last whole line, or at the start of a log that was rotated */
    private static long printNews(Path file, long offset, String prefix, PrintWriter out) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = log.length() < offset ? 0 : offset;
            byte[] news = new byte[(int) Math.min(log.length() - from, 1 << 20)];
            log.seek(from);
            log.readFully(news);
            String text = new String(news, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(line -> out.println(prefix + line));
            out.flush();
            return from + text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static String prefix(Path file, List<Path> files) {
        return files.size() == 1 ? "" : nameOf(file) + " | ";
    }

    private static String nameOf(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.substring(0, fileName.length() - SUFFIX.length());
    }
}
