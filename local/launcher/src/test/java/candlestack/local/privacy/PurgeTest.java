package candlestack.local.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.local.LauncherException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PurgeTest {
    private static final Instant CUTOFF = Instant.parse("2026-03-02T10:00:00Z");

    private final Set<String> stored = new TreeSet<>(Set.of("ann", "bob"));
    private final List<String> said = new ArrayList<>();

    @Test
    void deletesDeadLettersFirstAndAgainLast() throws Exception {
        Purge purge = new Purge(this::olderThan, users -> said.add("letters " + users), users -> {
            said.add("request " + users);
            stored.clear();
        });

        assertThat(purge.erase(CUTOFF, Duration.ZERO)).isEqualTo(2);

        assertThat(said).containsExactly("letters [ann, bob]", "request [ann, bob]", "letters [ann, bob]");
    }

    @Test
    void saysHowManyAreLeftWhenNothingCarriesTheRequestOut() {
        Purge purge = new Purge(this::olderThan, users -> said.add("letters " + users), users -> stored.remove("ann"));

        assertThatThrownBy(() -> purge.erase(CUTOFF, Duration.ZERO))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("1 users are still there after 0 s;");
        assertThat(said).containsExactly("letters [ann, bob]", "letters [ann, bob]");
    }

    @Test
    void deletesDeadLettersAlsoWhenNobodyKnowsWhetherAllAreErased() {
        Purge purge = new Purge(
                time -> {
                    if (said.contains("request")) {
                        throw LauncherException.failed("Cannot ask MongoDB");
                    }
                    return olderThan(time);
                },
                users -> said.add("letters"),
                users -> said.add("request"));

        assertThatThrownBy(() -> purge.erase(CUTOFF, Duration.ZERO))
                .isInstanceOf(LauncherException.class)
                .hasMessage("It is not known whether all are erased: Cannot ask MongoDB");
        assertThat(said).containsExactly("letters", "request", "letters");
    }

    @Test
    void erasesUsersThoughTheirDeadLettersCannotBeDeletedAndNamesThem() {
        Purge purge = new Purge(
                this::olderThan,
                users -> {
                    throw LauncherException.failed("Cannot ask PostgreSQL");
                },
                users -> stored.removeAll(users));

        assertThatThrownBy(() -> purge.erase(CUTOFF, Duration.ZERO))
                .isInstanceOf(LauncherException.class)
                .hasMessage("The dead letters of 2 users are not deleted: Cannot ask PostgreSQL."
                        + " './candlestack privacy erase --user ID' deletes them later, for each of ann, bob");
        assertThat(stored).isEmpty();
    }

    @Test
    void asksForNothingWhenNobodyIsThatOld() throws Exception {
        stored.clear();
        Purge purge = new Purge(this::olderThan, users -> said.add("letters"), users -> said.add("request"));

        assertThat(purge.erase(CUTOFF, Duration.ZERO)).isZero();
        assertThat(said).isEmpty();
    }

    private Set<String> olderThan(Instant time) {
        assertThat(time).isEqualTo(CUTOFF);
        return new TreeSet<>(stored);
    }
}
