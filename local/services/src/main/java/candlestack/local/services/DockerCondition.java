package candlestack.local.services;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips a test that wants containers where there is no Docker, and says so where Maven shows it. */
final class DockerCondition implements ExecutionCondition {
    private final BooleanSupplier containers;
    private final BooleanSupplier docker;

    DockerCondition() {
        this(TestServices::containers, () -> DockerClientFactory.instance().isDockerAvailable());
    }

    /** @param containers whether the test wants them */
    DockerCondition(BooleanSupplier containers, BooleanSupplier docker) {
        this.containers = requireNonNull(containers, "containers is null");
        this.docker = requireNonNull(docker, "docker is null");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!containers.getAsBoolean()) {
            return ConditionEvaluationResult.enabled("The services are embedded");
        }
        if (docker.getAsBoolean()) {
            return ConditionEvaluationResult.enabled("Docker answers");
        }
        String reason = "Skipped " + context.getDisplayName() + ": Docker does not answer, and -Pcontainers needs it."
                + " Start it, or leave the profile out to test against the embedded services.";
        // Maven's report of what it skipped leaves out why.
        System.out.println(reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
