package candlestack.local.doctor;

import static java.util.Objects.requireNonNull;

import candlestack.config.Key;
import candlestack.config.Keys;
import candlestack.local.Installation;
import candlestack.local.process.PidFiles;
import candlestack.local.stack.Catalogue;
import candlestack.local.stack.Launch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that a start depends on, and changes nothing. */
public final class Doctor {
    private static final List<Key<Optional<String>>> URLS = List.of(
            Keys.KAFKA_URL,
            Keys.INFLUXDB_URL,
            Keys.POSTGRES_URL,
            Keys.MONGODB_URL,
            Keys.CASSANDRA_URL,
            Keys.GRAFANA_URL);

    private final Installation installation;

    public Doctor(Installation installation) {
        this.installation = requireNonNull(installation, "installation is null");
    }

    public List<Finding> examine() throws IOException, InterruptedException {
        PidFiles pidFiles = new PidFiles(installation.run());
        boolean running = pidFiles.find(Launch.LAUNCHER).isPresent();
        List<Finding> findings = new ArrayList<>();
        findings.add(MachineChecks.java());
        findings.add(MachineChecks.maven());
        findings.add(MachineChecks.memory(running, installation.settings()));
        findings.add(MachineChecks.home(installation.home()));
        findings.add(MachineChecks.disk(installation.home()));
        if (installation.settings().get(Keys.POSTGRES_URL).isEmpty()) {
            findings.add(MachineChecks.postgresUser());
        }
        findings.add(Finding.ok("configuration", installation.configFile().toString()));
        findings.addAll(PluginChecks.plugins(installation));
        findings.add(StackChecks.launcher(pidFiles));
        findings.addAll(StackChecks.ports(new Catalogue(installation).components(), pidFiles));
        findings.addAll(StackChecks.secrets(installation.settings().secretsDirectory()));
        for (Key<Optional<String>> url : URLS) {
            installation
                    .settings()
                    .get(url)
                    .ifPresent(address -> findings.add(StackChecks.reachable(url.name(), address)));
        }
        return findings;
    }
}
