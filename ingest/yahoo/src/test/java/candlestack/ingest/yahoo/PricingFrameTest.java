package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.testkit.yahoo.StubTick;
import candlestack.ingest.yahoo.proto.PricingData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingFrameTest {
    private static final long TIME = 1_763_650_800_123L;

    @Test
    void readsATick() {
        StubTick tick = new StubTick("AAPL", 272.41f, TIME, "USD", "NMS", 8, 1, 51_234_567, 2);

        assertThat(PricingFrame.read(tick.frame()))
                .contains(new Snapshot(
                        "AAPL",
                        Instant.ofEpochMilli(TIME),
                        new BigDecimal("272.41"),
                        OptionalLong.of(51_234_567),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("USD"),
                        Optional.of("NMS"),
                        Phase.REGULAR));
    }

    @Test
    void readsBareBase64() {
        StubTick tick = new StubTick("AAPL", 272.41f, TIME, "USD", "NMS", 8, 2, 0, 2);

        assertThat(PricingFrame.read(tick.base64()).orElseThrow().phase()).isEqualTo(Phase.POST);
    }

    @ParameterizedTest
    @CsvSource({"94745.08, 2, 94745.08", "1.08346, 4, 1.0835", "0.00001234, 2, 0.00001234", "7, 0, 7.0"})
    void roundsAFloatToItsPriceHint(float price, int hint, BigDecimal expected) {
        StubTick tick = new StubTick("X", price, TIME, "USD", "CCC", 8, 1, 0, hint);

        assertThat(PricingFrame.read(tick.frame()).orElseThrow().price()).isEqualByComparingTo(expected);
    }

    @Test
    void takesNoVolumeFromACryptocurrency() {
        StubTick tick = new StubTick("BTC-USD", 94745.08f, TIME, "USD", "CCC", 41, 0, 59_712_028_672L, 2);
        Snapshot snapshot = PricingFrame.read(tick.frame()).orElseThrow();

        assertThat(snapshot.dayVolume()).isEmpty();
        assertThat(snapshot.phase()).isEqualTo(Phase.REGULAR);
    }

    @Test
    void readsBidAndAsk() {
        PricingData data = PricingData.newBuilder()
                .setId("AAPL")
                .setPrice(272.41f)
                .setTime(TIME)
                .setQuoteType(8)
                .setBid(272.4f)
                .setAsk(272.45f)
                .setPriceHint(2)
                .build();
        Snapshot snapshot = PricingFrame.read(Base64.getEncoder().encodeToString(data.toByteArray()))
                .orElseThrow();

        assertThat(snapshot.bid()).contains(new BigDecimal("272.40"));
        assertThat(snapshot.ask()).contains(new BigDecimal("272.45"));
    }

    @Test
    void ignoresHeartbeatsAndOtherMessages() {
        assertThat(PricingFrame.read(new StubTick("", 0, 0, "", "", 7, 0, 0, 0).frame()))
                .isEmpty();
        assertThat(PricingFrame.read("{\"type\":\"welcome\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"pricing\"           | it is no whole JSON",
                "{\"type\":\"pricing\"}          | it has no message",
                "{\"type\":\"pricing\",\"message\":\"%%%\"} | its message is no base64",
                "CgRBQVBMFQ==                    | its message is no PricingData"
            })
    void saysWhatIsWrongWithAFrame(String frame, String reason) {
        assertThatThrownBy(() -> PricingFrame.read(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void refusesATickWithoutPriceOrTime() {
        assertThatThrownBy(() -> PricingFrame.read(new StubTick("X", 0, TIME, "", "", 8, 1, 0, 2).frame()))
                .hasMessage("the price of X is 0.0");
        assertThatThrownBy(() -> PricingFrame.read(new StubTick("X", 1, 0, "", "", 8, 1, 0, 2).frame()))
                .hasMessage("the time of X is 0");
    }
}
