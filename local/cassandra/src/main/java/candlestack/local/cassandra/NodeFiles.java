package candlestack.local.cassandra;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** What the node keeps between two starts, all of it under {@code cassandra/} in the home. */
final class NodeFiles {
    private final Path directory;
    private final int port;

    NodeFiles(Path home, int port) {
        this.directory = requireNonNull(home, "home is null").resolve("cassandra");
        this.port = port;
    }

    Path directory() {
        return directory;
    }

    /** The generated {@code cassandra.yaml}. */
    Path configuration() {
        return directory.resolve("cassandra.yaml");
    }

    /** Writes {@link #configuration()} anew. */
    void write() throws IOException {
        Files.createDirectories(directory);
        String yaml = new Dump(DumpSettings.builder().build()).dumpToString(properties(storagePort()));
        Files.writeString(
                configuration(), "# Generated at every start from candlestack.yaml; changes here are lost.\n" + yaml);
    }

    private Map<String, Object> properties(int storagePort) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("cluster_name", "candlestack");
        properties.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
        properties.put("endpoint_snitch", "SimpleSnitch");
        properties.put("listen_address", "127.0.0.1");
        properties.put("storage_port", storagePort);
        properties.put("rpc_address", "127.0.0.1");
        properties.put("native_transport_port", port);
        properties.put("seed_provider", List.of(seeds(storagePort)));
        properties.put("authenticator", "PasswordAuthenticator");
        properties.put("authorizer", "CassandraAuthorizer");
        properties.put("role_manager", "CassandraRoleManager");
        folders(properties);
        durability(properties);
        singleNode(properties);
        small(properties);
        return properties;
    }

    private static Map<String, Object> seeds(int storagePort) {
        return Map.of(
                "class_name",
                "org.apache.cassandra.locator.SimpleSeedProvider",
                "parameters",
                List.of(Map.of("seeds", "127.0.0.1:" + storagePort)));
    }

    private void folders(Map<String, Object> properties) {
        properties.put("data_file_directories", List.of(folder("data")));
        properties.put("commitlog_directory", folder("commitlog"));
        properties.put("hints_directory", folder("hints"));
        properties.put("saved_caches_directory", folder("saved_caches"));
        properties.put("cdc_raw_directory", folder("cdc_raw"));
    }

    private String folder(String name) {
        return directory.resolve(name).toString();
    }

    /**
     * A write is acknowledged once it is on the disk, many of them by one flush. The usual {@code periodic} loses the
     * last tenth of a second of a killed process: whoever reads from Kafka has committed its offsets by then.
     */
    private static void durability(Map<String, Object> properties) {
        properties.put("commitlog_sync", "batch");
        // Times to live may reach beyond 2038, which the default's older files cannot hold.
        properties.put("storage_compatibility_mode", "NONE");
    }

    private static void singleNode(Map<String, Object> properties) {
        properties.put("num_tokens", 1);
        properties.put("initial_token", "0");
        properties.put("auto_bootstrap", false);
        properties.put("hinted_handoff_enabled", false);
        properties.put("auto_snapshot", false);
        // Opened by us, once nobody knows the default password any more.
        properties.put("start_native_transport", false);
    }

    /** One machine's load needs neither the threads nor the buffers of a cluster's node. */
    private static void small(Map<String, Object> properties) {
        properties.put("concurrent_reads", 8);
        properties.put("concurrent_writes", 8);
        properties.put("concurrent_compactors", 1);
        properties.put("memtable_heap_space", "64MiB");
        properties.put("memtable_offheap_space", "64MiB");
        properties.put("file_cache_size", "32MiB");
        properties.put("key_cache_size", "8MiB");
        properties.put("commitlog_segment_size", "8MiB");
        properties.put("commitlog_total_space", "64MiB");
    }

    /** The port the node talks to itself on: any free one, the same at every start while it stays free. */
    private int storagePort() throws IOException {
        Path file = directory.resolve("storage.port");
        if (Files.exists(file)) {
            int known = Integer.parseInt(Files.readString(file).strip());
            if (known != port && free(known)) {
                return known;
            }
        }
        int fresh = anyFreePort();
        Files.writeString(file, fresh + "\n");
        return fresh;
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFreePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
