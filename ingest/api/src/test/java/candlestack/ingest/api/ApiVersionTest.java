package candlestack.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiVersionTest {
    @Test
    void runsWhatWasWrittenForItOrForAnEarlierMinor() {
        ApiVersion version = ApiVersion.parse("2.3");

        assertThat(version).isEqualTo(new ApiVersion(2, 3)).hasToString("2.3");
        assertThat(version.runs(new ApiVersion(2, 3))).isTrue();
        assertThat(version.runs(new ApiVersion(2, 0))).isTrue();
        assertThat(version.runs(new ApiVersion(2, 4))).isFalse();
        assertThat(version.runs(new ApiVersion(1, 0))).isFalse();
    }

    @Test
    void refusesWhatIsNoVersion() {
        assertThatThrownBy(() -> ApiVersion.parse("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid version: '1', expected two numbers such as 1.0");
    }
}
