package candlestack.ingest.sources.devices;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;
import java.math.BigDecimal;

/** Devices that do not exist and report temperatures, now and then with a field that is null or a list that is empty. */
public final class DevicesFactory implements SourceFactory {
    static final Option<BigDecimal> RATE = Option.decimal(
                    "rate",
                    new BigDecimal("0.01"),
                    BigDecimal.valueOf(1_000_000),
                    "Events a second; each holds the readings of up to three devices.")
            .withDefault("1");
    static final Option<BigDecimal> FAULTS = Option.decimal(
                    "faults",
                    BigDecimal.ZERO,
                    BigDecimal.ONE,
                    "Share of events with a null customer, device or status, or without any device; 0.1 is 10 %.")
            .withDefault("0.1");
    static final Option<Long> SEED = Option.number(
                    "seed",
                    0,
                    Long.MAX_VALUE,
                    "The same seed and share of faults give the same readings in the same order.")
            .withDefault("1");

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String description() {
        return "Simulated devices: temperatures and states, with the nulls and errors that real ones send.";
    }

    @Override
    public ConfigSpec config() {
        return ConfigSpec.of(RATE, FAULTS, SEED);
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) {
        return position -> DevicesReader.open(context, position);
    }
}
