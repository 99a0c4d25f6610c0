package candlestack.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionTest {
    @Test
    void givesBackWhatWasPutIn() throws SourceException {
        Position position = new Position(Map.of("row", "17", "file", "trades.csv"));

        assertThat(position.number("row")).isEqualTo(17);
        assertThat(position.text("file")).contains("trades.csv");
        assertThat(position.text("anchor")).isEmpty();
    }

    @Test
    void aNumberThatCannotBeReadIsALostPosition() {
        Position position = Position.of("row", "x");

        SourceException wrong = catchThrowableOfType(SourceException.class, () -> position.number("row"));
        SourceException absent = catchThrowableOfType(SourceException.class, () -> position.number("line"));

        assertThat(wrong.kind()).isEqualTo(ErrorKind.POSITION_LOST);
        assertThat(wrong).hasMessage("Cannot read position {row=x}: 'row' is x");
        assertThat(absent).hasMessage("Cannot read position {row=x}: 'line' is null");
    }

    @Test
    void numbersIdsWithinAStream() {
        assertThat(EventIds.numbered("btc/trades.csv", 17)).isEqualTo("btc/trades.csv#17");
        assertThatThrownBy(() -> EventIds.numbered("btc", -1)).hasMessage("Invalid number of an event of 'btc': -1");
    }
}
