package candlestack.local.services;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that holds for the embedded services and for the images of docker-compose.yml alike, and gets its own from
 * {@link TestServices}. Of all tests only these run with {@code -Pcontainers}, and only where Docker answers.
 */
@Tag("services")
@ExtendWith(DockerCondition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ServiceTest {}
