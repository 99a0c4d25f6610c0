package candlestack.ingest.users;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Document;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeUsersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SOME = 400;

    @TempDir
    Path folder;

    @Test
    void givesTheSamePeopleToTheSameSeed() throws Exception {
        List<Document> people = read(Map.of("seed", "a"), 30);

        assertThat(read(Map.of("seed", "a"), 30)).isEqualTo(people);
        assertThat(read(Map.of("seed", "b"), 30)).doesNotContainAnyElementsOf(people);
    }

    @Test
    void hasTheShapeOfTheApi() throws Exception {
        Set<String> shape =
                paths(JSON.readTree(StubApi.recorded()).path("results").path(0), "");

        for (Document person : read(Map.of(), SOME)) {
            assertThat(paths(JSON.readTree(person.json()), "")).isEqualTo(shape);
        }
    }

    @Test
    void fillsEveryFieldForEveryNationality() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (Document person : read(Map.of(), SOME)) {
            JsonNode json = JSON.readTree(person.json());
            seen.add(json.path("nat").asText());
            assertThat(json.at("/login/uuid").asText()).isEqualTo(person.key());
            assertThat(json.at("/location/postcode").isTextual()).isTrue();
            assertThat(json.at("/location/country").asText())
                    .isEqualTo(Nationality.valueOf(json.path("nat").asText()).country());
            assertThat(json.path("email").asText()).matches("[a-z0-9.]+@example\\.(com|org|net)");
            assertThat(json.at("/location/coordinates/latitude").asText()).matches("-?\\d{1,2}\\.\\d{4}");
            assertThat(Stream.of("/name/first", "/name/last", "/location/city", "/location/state", "/phone", "/cell"))
                    .allSatisfy(path -> assertThat(json.at(path).asText()).isNotBlank());
        }
        assertThat(seen).hasSize(Nationality.values().length);
    }

    @Test
    void givesAgesAsOfTheDay() throws Exception {
        for (Document person : read(Map.of(), 50)) {
            JsonNode json = JSON.readTree(person.json());
            int born = Integer.parseInt(json.at("/dob/date").asText().substring(0, 4));
            assertThat(json.at("/dob/age").asInt()).isBetween(2026 - born - 1, 2026 - born);
        }
    }

    @Test
    void repeatsSomePeopleWhoHaveMoved() throws Exception {
        List<Document> all = read(Map.of("updates", "0.3"), SOME);

        Map<String, List<Document>> byPerson = all.stream().collect(Collectors.groupingBy(Document::key));
        List<List<Document>> moved =
                byPerson.values().stream().filter(some -> some.size() > 1).toList();
        assertThat(SOME - byPerson.size()).isBetween(SOME / 10, SOME * 3 / 10);
        for (List<Document> versions : moved) {
            JsonNode first = JSON.readTree(versions.get(0).json());
            JsonNode second = JSON.readTree(versions.get(1).json());
            assertThat(second.path("name")).isEqualTo(first.path("name"));
            assertThat(second.path("dob")).isEqualTo(first.path("dob"));
            assertThat(second.path("login")).isEqualTo(first.path("login"));
            assertThat(second.path("location")).isNotEqualTo(first.path("location"));
        }
    }

    @Test
    void repeatsNobodyWhenToldSo() throws Exception {
        assertThat(new HashSet<>(read(Map.of("updates", "0"), SOME).stream()
                        .map(Document::key)
                        .toList()))
                .hasSize(SOME);
    }

    private List<Document> read(Map<String, String> options, int count) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("rate", "1000"));
        all.putAll(options);
        FakeClock clock = new FakeClock(Instant.parse("2026-03-02T10:00:00Z"));
        RecordingHost host = RecordingHost.of(new UsersFactory(), all, clock, folder);
        try (SourceReader reader = host.open(new UsersFactory(), Optional.empty())) {
            List<Document> people = new ArrayList<>();
            host.read(reader, count).events().stream().limit(count).forEach(event -> people.add((Document) event));
            return people;
        }
    }

    private static Set<String> paths(JsonNode node, String prefix) {
        Set<String> paths = new TreeSet<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            paths.add(prefix + field.getKey());
            paths.addAll(paths(field.getValue(), prefix + field.getKey() + "."));
        }
        return paths;
    }
}
