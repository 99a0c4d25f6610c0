package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where people put plugins: loads what is in it and follows its changes. A plugin that cannot be used is
 * reported and harms no other. One thread's.
 */
public final class PluginFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final PluginLoader loader;
    private final Set<String> builtIn;
    private final Map<String, Entry> entries = new TreeMap<>();
    /** What was seen once as it is now: it may be a copy that is under way. */
    private final Map<String, PluginFile> unsettled = new HashMap<>();

    /** @param plugin the one that is used; an earlier version while the file as it is now has a problem */
    private record Entry(PluginFile file, Optional<Plugin> plugin, Optional<String> problem) {}

    /**
     * @param copies a folder that nobody else uses: plugins are loaded from copies there
     * @param builtIn the types that no plugin can replace
     */
    public PluginFolder(Path folder, Path copies, Collection<String> builtIn) {
        this(folder, new PluginLoader(copies, LIMIT), builtIn);
    }

    PluginFolder(Path folder, PluginLoader loader, Collection<String> builtIn) {
        this.folder = requireNonNull(folder, "folder is null");
        this.loader = requireNonNull(loader, "loader is null");
        this.builtIn = Set.copyOf(builtIn);
    }

    /** Loads what is there, at once. A file that is still being copied is reported, and loaded when it is complete. */
    public void open() throws InterruptedException {
        for (PluginFile file : files().values()) {
            load(file);
        }
    }

    /**
     * Looks for what was added, replaced or removed since the last time. A change counts once it looks the same twice.
     *
     * @return whether something else is installed now, or has another problem
     */
    public boolean refresh() throws InterruptedException {
        Map<String, PluginFile> now = files();
        boolean changed = false;
        for (String name : List.copyOf(entries.keySet())) {
            if (!now.containsKey(name)) {
                remove(name);
                changed = true;
            }
        }
        unsettled.keySet().retainAll(now.keySet());
        for (PluginFile file : now.values()) {
            changed |= refresh(file);
        }
        return changed;
    }

    private boolean refresh(PluginFile file) throws InterruptedException {
        Entry known = entries.get(file.name());
        if (known != null && known.file().equals(file)) {
            unsettled.remove(file.name());
            return false;
        }
        boolean isSettled = file.equals(unsettled.put(file.name(), file));
        return isSettled && load(file);
    }

    private boolean load(PluginFile file) throws InterruptedException {
        Optional<Plugin> earlier = Optional.ofNullable(entries.get(file.name())).flatMap(Entry::plugin);
        try {
            Optional<Plugin> plugin = loader.load(file);
            if (plugin.isEmpty()) {
                return false;
            }
            earlier.ifPresent(Plugin::retire);
            LOG.info("{} {}: {}", earlier.isPresent() ? "Replaced" : "Loaded", file.name(), names(plugin.get()));
            entries.put(file.name(), new Entry(file, plugin, Optional.empty()));
        } catch (PluginException e) {
            String problem = e.getMessage() + (earlier.isPresent() ? "; what was there before goes on" : "");
            LOG.warn("Cannot use {}: it {}", file.path(), problem, e.getCause());
            entries.put(file.name(), new Entry(file, earlier, Optional.of(problem)));
        }
        unsettled.remove(file.name());
        return true;
    }

    private void remove(String name) {
        Entry entry = entries.remove(name);
        entry.plugin().ifPresent(Plugin::retire);
        LOG.info("Removed {}", name);
    }

    private Map<String, PluginFile> files() {
        try {
            return PluginFile.in(folder);
        } catch (IOException e) {
            LOG.warn("Cannot look for plugins in {}: {}", folder, e.toString());
            Map<String, PluginFile> known = new TreeMap<>();
            entries.forEach((name, entry) -> known.put(name, entry.file()));
            return known;
        }
    }

    /** What can be used. Of two plugins with a type of the same name, the first by the files' names has it. */
    public List<InstalledType> types() {
        List<InstalledType> all = new ArrayList<>();
        Set<String> taken = new HashSet<>(builtIn);
        for (Entry entry : entries.values()) {
            typesOf(entry).stream().filter(type -> taken.add(type.name())).forEach(all::add);
        }
        return all;
    }

    /** One an entry of the folder, by name. */
    public List<PluginReport> reports() {
        List<PluginReport> reports = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        builtIn.forEach(name -> owners.put(name, InstalledType.BUILT_IN));
        entries.forEach((name, entry) -> {
            List<String> own = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            entry.problem().ifPresent(problems::add);
            for (InstalledType type : typesOf(entry)) {
                String owner = owners.putIfAbsent(type.name(), name);
                if (owner == null) {
                    own.add(type.name());
                } else {
                    problems.add("cannot give '" + type.name() + "': that type is " + whose(owner));
                }
            }
            reports.add(new PluginReport(
                    name, own, problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems))));
        });
        return reports;
    }

    private static String whose(String owner) {
        return owner.equals(InstalledType.BUILT_IN) ? owner : "given by " + owner;
    }

    private static List<InstalledType> typesOf(Entry entry) {
        return entry.plugin().map(Plugin::types).orElse(List.of());
    }

    private static List<String> names(Plugin plugin) {
        return plugin.types().stream().map(InstalledType::name).toList();
    }
}
