package candlestack.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

class DockerConditionTest {
    private ExtensionContext context;

    @RegisterExtension
    final BeforeEachCallback taken = given -> context = given;

    @Test
    void containersWithoutDockerAreSkippedAndToldWhy() {
        ConditionEvaluationResult result =
                new DockerCondition(() -> true, () -> false).evaluateExecutionCondition(context);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .contains(
                        "Skipped containersWithoutDockerAreSkippedAndToldWhy(): Docker does not answer, and -Pcontainers"
                                + " needs it. Start it, or leave the profile out to test against the embedded services.");
    }

    @Test
    void containersWithDockerAndWhatIsEmbeddedRun() {
        assertThat(new DockerCondition(() -> true, () -> true)
                        .evaluateExecutionCondition(context)
                        .isDisabled())
                .isFalse();
        assertThat(new DockerCondition(() -> false, () -> {
                            throw new AssertionError("Nobody asks for Docker where nothing needs it");
                        })
                        .evaluateExecutionCondition(context)
                        .isDisabled())
                .isFalse();
    }
}
