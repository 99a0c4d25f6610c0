package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SymbolsTest {
    @TempDir
    private Path folder;

    @Test
    void joinsListFileAndSetsWithoutRepeating() throws Exception {
        Path file = Files.writeString(folder.resolve("symbols.txt"), "msft, AAPL # big ones\n\n^gspc BRK-B\n");

        assertThat(symbols(Map.of("symbols", "aapl,BTC-USD", "symbols-file", file.toString(), "sets", "sectors")))
                .startsWith("AAPL", "BTC-USD", "MSFT", "^GSPC", "BRK-B", "XLB")
                .hasSize(5 + 11)
                .doesNotHaveDuplicates();
    }

    @Test
    void watchesThreeSymbolsWhereNothingIsSaid() throws Exception {
        assertThat(symbols(Map.of())).containsExactly("AAPL", "MSFT", "BTC-USD");
        assertThat(symbols(Map.of("sets", "sectors"))).hasSize(11);
    }

    @ParameterizedTest
    @EnumSource
    void hasOnlySymbolsInASet(SymbolSet set) {
        assertThat(set.symbols()).isNotEmpty().allMatch(Symbols::isSymbol).doesNotHaveDuplicates();
    }

    @Test
    void hasThirtyCompaniesInTheDow() {
        assertThat(SymbolSet.DOW_30.symbols()).hasSize(30);
    }

    @Test
    void saysWhichLineOfAFileIsNoSymbol() throws Exception {
        Path file = Files.writeString(folder.resolve("symbols.txt"), "AAPL\nApple!\n");

        assertThatThrownBy(() -> symbols(Map.of("symbols-file", file.toString())))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED))
                .hasMessage("Cannot read symbols-file '" + file
                        + "', line 2: 'APPLE!' is no symbol such as AAPL, BTC-USD or ^GSPC");
    }

    @Test
    void saysThatAFileIsEmptyOrMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("symbols.txt"), "# none\n");

        assertThatThrownBy(() -> symbols(Map.of("symbols-file", file.toString())))
                .hasMessage("Cannot watch Yahoo Finance: no symbol in " + file);
        assertThatThrownBy(() -> symbols(Map.of("symbols-file", "no/such/file")))
                .hasMessage("Cannot read symbols-file 'no/such/file': no/such/file");
    }

    @Test
    void saysAllThatIsWrongWithTheOptions() {
        Map<String, String> written =
                Map.of("symbols", "A B", "sets", "dow", "mode", "push", "base-url", "yahoo", "poll-interval", "1d");

        assertThatThrownBy(() -> symbols(written))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(ConfigProblem::option)
                                .containsExactlyInAnyOrder("symbols", "sets", "mode", "base-url", "poll-interval"));
    }

    private static List<String> symbols(Map<String, String> written) throws Exception {
        return Symbols.of(YahooConfig.of(new YahooFactory().config().bind(written)));
    }
}
