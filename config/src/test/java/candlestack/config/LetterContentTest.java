package candlestack.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LetterContentTest {
    private static final int MOST = 2_949_120;

    @Test
    void keepsARecordThatFits() {
        byte[] raw = "x".repeat(MOST).getBytes(UTF_8);

        LetterContent content = LetterContent.of("no price", raw);

        assertThat(content.reason()).isEqualTo("no price");
        assertThat(content.raw()).isSameAs(raw);
    }

    @Test
    void cutsALargerOneAndSaysSo() {
        LetterContent content =
                LetterContent.of("no price", "x".repeat(MOST + 1).getBytes(UTF_8));

        assertThat(content.reason()).isEqualTo("no price (the first 2949120 of 2949121 bytes)");
        assertThat(content.raw()).isEqualTo("x".repeat(MOST).getBytes(UTF_8));
    }

    @Test
    void cutsBetweenCharacters() {
        LetterContent content = LetterContent.of("r", ("x" + "€".repeat(1_000_000)).getBytes(UTF_8));

        assertThat(content.raw()).isEqualTo(("x" + "€".repeat(983_039)).getBytes(UTF_8));
        assertThat(content.reason()).isEqualTo("r (the first 2949118 of 3000001 bytes)");
    }

    @Test
    void cutsWhatIsNoTextAnywhere() {
        byte[] raw = new byte[MOST + 5];
        Arrays.fill(raw, (byte) 0x80);

        assertThat(LetterContent.of("r", raw).raw()).hasSize(MOST);
    }

    @Test
    void keepsNoMoreThanIsAskedFor() {
        LetterContent content = LetterContent.of("r", "x€yz".getBytes(UTF_8), 3);

        assertThat(content.raw()).isEqualTo("x".getBytes(UTF_8));
        assertThat(content.reason()).isEqualTo("r (the first 1 of 6 bytes)");
        assertThat(LetterContent.of("r", new byte[MOST + 1], MOST + 1).raw()).hasSize(MOST);
    }

    @Test
    void shortensATextBetweenCharacters() {
        assertThat(LetterContent.of("r".repeat(1999) + "\uD83D\uDE00", new byte[0])
                        .reason())
                .isEqualTo("r".repeat(1999) + "...");
    }

    @Test
    void shortensAReasonWithoutEnd() {
        assertThat(LetterContent.of("r".repeat(2001), new byte[0]).reason()).isEqualTo("r".repeat(2000) + "...");
    }
}
