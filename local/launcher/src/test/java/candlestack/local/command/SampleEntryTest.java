package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SampleEntryTest {
    @Test
    void showsEachOptionAsItWouldBeWritten() throws Exception {
        String listed = """
                {"name": "weather", "description": "The weather.", "options": [
                  {"name": "file", "description": "What is read.", "accepted": "a path", "required": true},
                  {"name": "every", "description": "How often.", "accepted": "a duration", "required": false, "default": "60s"},
                  {"name": "url", "description": "Whom to ask.", "accepted": "an address", "default": "https://a.b/c?d=e"},
                  {"name": "pattern", "description": "What counts.", "accepted": "a text", "default": "# of: $it's"},
                  {"name": "api-key", "description": "Who asks.", "accepted": "a text", "required": true, "secret": true},
                  {"name": "city", "description": "Where.", "accepted": "a text", "required": false}]}""";

        assertThat(SampleEntry.of(new ObjectMapper().readTree(listed))).isEqualTo("""
                sources:
                  # The weather.
                  weather:
                    type: weather
                    # enabled: true

                    # What is read.
                    # Accepts a path
                    file:  # required

                    # How often.
                    # Accepts a duration
                    # every: 60s

                    # Whom to ask.
                    # Accepts an address
                    # url: 'https://a.b/c?d=e'

                    # What counts.
                    # Accepts a text
                    # pattern: '# of: $$it''s'

                    # Who asks.
                    # Accepts a text
                    api-key: ${WEATHER_API_KEY}  # or ${file:/path/of/a/file}

                    # Where.
                    # Accepts a text
                    # city:
                """);
    }
}
