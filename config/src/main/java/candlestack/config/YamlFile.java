package candlestack.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file as flat, dotted keys, each with its line. Lists become comma-separated texts. */
final class YamlFile {
    private final String name;
    private final List<String> problems;
    private final Map<String, Located> values = new LinkedHashMap<>();

    private YamlFile(String name, List<String> problems) {
        this.name = name;
        this.problems = problems;
    }

    static Map<String, Located> read(Path file, List<String> problems) {
        YamlFile yaml = new YamlFile(file.getFileName().toString(), problems);
        try (Reader reader = Files.newBufferedReader(file)) {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    .setAllowDuplicateKeys(false)
                    .build();
            Optional<Node> root = new Compose(settings).composeReader(reader);
            root.ifPresent(node -> yaml.flatten("", node));
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            problems.add(yaml.name + line + ": Cannot read YAML: " + e.getProblem());
        } catch (IOException e) {
            problems.add("Cannot read " + file + ": " + e);
        } catch (YamlEngineException e) {
            // Not the text but the file: a folder, a broken disk, characters that no YAML has.
            problems.add("Cannot read " + file + ": " + (e.getCause() == null ? e.getMessage() : e.getCause()));
        }
        return yaml.values;
    }

    private void flatten(String prefix, Node node) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> flattenEntry(prefix, tuple));
        } else if (node instanceof SequenceNode sequence) {
            put(prefix, joined(sequence), node);
        } else if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            put(prefix, scalar.getValue(), node);
        }
    }

    private void flattenEntry(String prefix, NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(where(tuple.getKeyNode()) + ": Invalid key: expected a plain name");
            return;
        }
        String name = prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue();
        if (isEmpty(tuple.getValueNode())) {
            // `market:` with nothing under it still names the entry.
            put(name, "", tuple.getKeyNode());
        }
        flatten(name, tuple.getValueNode());
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL)
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
    }

    private String joined(SequenceNode sequence) {
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(scalar.getValue());
            } else {
                problems.add(where(item) + ": Invalid list item: expected a plain value");
            }
        }
        return String.join(",", items);
    }

    private void put(String key, String value, Node node) {
        if (key.isEmpty()) {
            problems.add(where(node) + ": Invalid file: expected 'key: value' lines");
            return;
        }
        values.put(key, new Located(value, where(node)));
    }

    private String where(Node node) {
        return name
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }
}
