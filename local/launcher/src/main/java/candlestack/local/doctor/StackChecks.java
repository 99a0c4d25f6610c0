package candlestack.local.doctor;

import candlestack.local.process.PidFiles;
import candlestack.local.process.Port;
import candlestack.local.stack.Component;
import candlestack.local.stack.Launch;
import candlestack.local.stack.Pulse;
import candlestack.local.stack.Service;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the stack finds in its home, on its ports and at the addresses of others' services. */
final class StackChecks {
    private static final int CONNECT_MILLIS = 2000;
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private StackChecks() {}

    /** A port is well when it is free, or held by our own process, which answers there. */
    static List<Finding> ports(List<Component> components, PidFiles pidFiles) throws IOException {
        Set<String> ours = pidFiles.findAll().keySet();
        List<Service> services = components.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .toList();
        Map<String, Boolean> answers = Pulse.of(services.stream()
                .filter(service -> ours.contains(service.name()))
                .toList());
        List<Finding> findings = new ArrayList<>();
        for (Service service : services) {
            for (Port port : service.ports()) {
                findings.add(
                        ours.contains(service.name())
                                ? ours(port, answers.getOrDefault(service.name(), true))
                                : others(port));
            }
        }
        return findings;
    }

    private static Finding ours(Port port, boolean answers) {
        String subject = "port " + port.number();
        if (port.free()) {
            return Finding.failed(subject, port.key() + ": our process runs but does not listen; see its log");
        }
        return answers
                ? Finding.ok(subject, "in use by this stack for " + port.key())
                : Finding.failed(subject, port.key() + ": our process listens but does not answer; see its log");
    }

    private static Finding others(Port port) {
        String subject = "port " + port.number();
        return port.free() ? Finding.ok(subject, "free for " + port.key()) : Finding.failed(subject, port.taken());
    }

    static List<Finding> secrets(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of(Finding.ok("secrets", "none yet: the first start makes them in " + directory));
        }
        List<Finding> open = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory, 1)) {
            for (Path file : files.toList()) {
                if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                    open.add(Finding.failed(
                            "secrets",
                            file + " can be read by others: chmod " + (file.equals(directory) ? "700" : "600") + " '"
                                    + file + "'"));
                }
            }
        }
        return open.isEmpty() ? List.of(Finding.ok("secrets", "only their owner can read " + directory)) : open;
    }

    static Finding launcher(PidFiles pidFiles) throws IOException {
        Map<String, ProcessHandle> alive = pidFiles.findAll();
        if (alive.containsKey(Launch.LAUNCHER)) {
            return Finding.ok("stack", "running");
        }
        return alive.isEmpty()
                ? Finding.ok("stack", "not running")
                : Finding.warning(
                        "stack", "a killed launcher has left " + String.join(", ", alive.keySet()) + ": run 'down'");
    }

    /** @param name of the service, with the setting that holds its address */
    static Finding reachable(String name, String address) {
        Optional<Endpoint> endpoint = Endpoint.of(name.substring(0, name.indexOf('.')), address);
        return endpoint.map(found -> reachable(name, found))
                .orElseGet(() -> Finding.failed(name, "Cannot read the address: expected host:port or a url"));
    }

    private static Finding reachable(String name, Endpoint endpoint) {
        if (endpoint.isSeed()) {
            return Finding.ok(name, endpoint + ": not asked, as its servers are those that DNS names");
        }
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.socketAddress(), CONNECT_MILLIS);
            return Finding.ok(name, endpoint + " answers");
        } catch (UnknownHostException e) {
            return Finding.failed(name, "Cannot reach " + endpoint + ": unknown host");
        } catch (IOException e) {
            return Finding.failed(name, "Cannot reach " + endpoint + ": " + e.getMessage());
        }
    }
}
