package candlestack.docker;

import static candlestack.docker.Compose.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Key;
import candlestack.config.Keys;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests against Kubernetes' own types: a field that Kubernetes does not know, or knows otherwise, fails. */
class KubernetesTest {
    private static final Path FOLDER = CHECKOUT.resolve("kubernetes");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new WithoutAnySetters())
            .build();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "batch/v1/Job", Job.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    /** The types keep what they do not know in a map of its own, which would hide every mistake. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    @Test
    void everyManifestIsWhatKubernetesExpects() throws IOException {
        assertThat(manifests().stream()
                        .map(manifest -> manifest.getKind() + " "
                                + manifest.getMetadata().getName()))
                .containsExactlyInAnyOrder(
                        "ConfigMap candlestack-settings",
                        "ConfigMap candlestack-sources",
                        "Job candlestack-setup",
                        "StatefulSet candlestack-ingest",
                        "StatefulSet candlestack-analytics",
                        "StatefulSet candlestack-sinks",
                        "Service candlestack-sinks",
                        "NetworkPolicy candlestack-unasked",
                        "NetworkPolicy candlestack-status");
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        Map<String, Object> typo = Map.of("apiVersion", "v1", "kind", "Service", "spec", Map.of("port", 1));

        Assertions.assertThatThrownBy(() -> STRICT.convertValue(typo, Service.class))
                .hasCauseInstanceOf(JsonMappingException.class)
                .hasMessageContaining("Unrecognized field \"port\"");
    }

    @Test
    void theKustomizationNamesEveryManifestAndEveryImage() throws IOException {
        Map<?, ?> kustomization =
                (Map<?, ?>) documents(FOLDER.resolve("kustomization.yaml")).get(0);

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(Compose.list(kustomization, "resources"))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> !file.equals("kustomization.yaml"))
                                    .toList());
        }
        assertThat(((List<?>) kustomization.get("images"))
                        .stream()
                                .map(image ->
                                        ((Map<?, ?>) image).get("name") + ":" + ((Map<?, ?>) image).get("newTag")))
                .containsExactlyInAnyOrderElementsOf(pods().values().stream()
                        .map(pod -> container(pod).getImage())
                        .toList());
    }

    @Test
    void podsHaveProbesLimitsAndNoRights() throws IOException {
        pods().forEach((name, pod) -> {
            Container container = container(pod);
            assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).as(name).isEqualTo(10001);
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getRequests()).as(name).containsOnlyKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).as(name).containsOnlyKeys("memory");
            if (!name.endsWith("setup")) {
                List<String> healthy = List.of("/opt/candlestack/bin/healthy", name.replace("candlestack-", ""));
                assertThat(container.getStartupProbe().getExec().getCommand()).isEqualTo(healthy);
                assertThat(container.getReadinessProbe().getExec().getCommand()).isEqualTo(healthy);
                assertThat(container.getLivenessProbe().getExec().getCommand()).isEqualTo(healthy);
            }
        });
    }

    @Test
    void secretsAreMountedByReferenceAndEachPodSeesItsOwn() throws IOException {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        pods().forEach((name, pod) -> pod.getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .forEach(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("candlestack-secrets");
                    seen.put(
                            name,
                            volume.getSecret().getItems().stream()
                                    .map(item -> item.getKey())
                                    .toList());
                }));
        assertThat(seen)
                .isEqualTo(Map.of(
                        "candlestack-setup",
                        List.of(
                                "postgres-superuser.password",
                                "postgres-owner.password",
                                "postgres-writer.password",
                                "postgres-grafana.password"),
                        "candlestack-analytics",
                        List.of("users-pseudonyms.key"),
                        "candlestack-sinks",
                        List.of("influxdb-writer.token", "postgres-writer.password")));
        assertThat(pods().values())
                .allSatisfy(pod -> assertThat(container(pod).getEnv())
                        .allSatisfy(variable -> assertThat(variable.getName()).isEqualTo("JDK_JAVA_OPTIONS")));
    }

    /** The key is of the users stream, which the settings leave out. */
    @Test
    void analyticsStartsWithoutTheKeyOfThePseudonyms() throws IOException {
        PodSpec pod = pods().get("candlestack-analytics");

        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getOptional()).isTrue();
                    assertThat(container(pod).getVolumeMounts())
                            .filteredOn(mount -> mount.getName().equals(volume.getName()))
                            .singleElement()
                            .satisfies(mount -> {
                                assertThat(mount.getMountPath()).isEqualTo("/run/candlestack");
                                assertThat(mount.getReadOnly()).isTrue();
                            });
                });
    }

    @Test
    void theSettingsAreSettings() throws IOException {
        Map<String, Key<?>> known = Keys.all().stream().collect(Collectors.toMap(Key::environmentVariable, key -> key));
        ConfigMap settings = (ConfigMap) manifests().stream()
                .filter(manifest -> manifest.getMetadata().getName().equals("candlestack-settings"))
                .findFirst()
                .orElseThrow();

        assertThat(settings.getData()).isNotEmpty().allSatisfy((variable, value) -> {
            assertThat(known).containsKey(variable);
            assertThat(known.get(variable).parser().apply(value)).isNotNull();
        });
    }

    private static Container container(PodSpec pod) {
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().get(0);
    }

    private static Map<String, PodSpec> pods() throws IOException {
        Map<String, PodSpec> pods = new LinkedHashMap<>();
        for (HasMetadata manifest : manifests()) {
            if (manifest instanceof StatefulSet set) {
                pods.put(
                        set.getMetadata().getName(), set.getSpec().getTemplate().getSpec());
            }
            if (manifest instanceof Job job) {
                pods.put(
                        job.getMetadata().getName(), job.getSpec().getTemplate().getSpec());
            }
        }
        return pods;
    }

    private static List<HasMetadata> manifests() throws IOException {
        List<HasMetadata> manifests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> !path.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()) {
                for (Object document : documents(file)) {
                    Map<?, ?> written = (Map<?, ?>) document;
                    Class<? extends HasMetadata> kind =
                            KINDS.get(written.get("apiVersion") + "/" + written.get("kind"));
                    assertThat(kind).as(file + " " + written.get("kind")).isNotNull();
                    manifests.add(STRICT.convertValue(written, kind));
                }
            }
        }
        return manifests;
    }

    private static List<Object> documents(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Object> documents = new ArrayList<>();
            LoadSettings settings =
                    LoadSettings.builder().setAllowDuplicateKeys(false).build();
            new Load(settings).loadAllFromInputStream(in).forEach(documents::add);
            return documents;
        }
    }
}
