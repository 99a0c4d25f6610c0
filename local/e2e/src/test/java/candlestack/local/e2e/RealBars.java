package candlestack.local.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bars of the 100,000 real trades, made in decimals straight from their file: shares no code with the product. */
final class RealBars {
    /** Seconds of each interval that a bar is made of. */
    static final Map<String, Long> INTERVALS =
            Map.of("1s", 1L, "1m", 60L, "5m", 300L, "15m", 900L, "1h", 3600L, "1d", 86_400L);

    private RealBars() {}

    record Bar(double open, double high, double low, double close, double volume, long trades) {
        Bar withVolume(double other) {
            return new Bar(open, high, low, close, other, trades);
        }
    }

    /** By the bar's start. */
    static Map<Instant, Bar> of(String interval) throws IOException {
        Map<Instant, Making> makings = new TreeMap<>();
        for (String[] trade : trades()) {
            long start = Long.parseLong(trade[0]) / INTERVALS.get(interval) * INTERVALS.get(interval);
            makings.computeIfAbsent(Instant.ofEpochSecond(start), ignored -> new Making())
                    .add(new BigDecimal(trade[1]), new BigDecimal(trade[2]));
        }
        Map<Instant, Bar> bars = new TreeMap<>();
        makings.forEach((start, making) -> bars.put(start, making.bar()));
        return bars;
    }

    private static List<String[]> trades() throws IOException {
        try (InputStream file = RealBars.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",")).toList();
        }
    }

    private static final class Making {
        private BigDecimal open;
        private BigDecimal high;
        private BigDecimal low;
        private BigDecimal close;
        private BigDecimal volume = BigDecimal.ZERO;
        private long trades;

        void add(BigDecimal price, BigDecimal size) {
            open = open == null ? price : open;
            high = high == null ? price : high.max(price);
            low = low == null ? price : low.min(price);
            close = price;
            volume = volume.add(size, MathContext.UNLIMITED);
            trades++;
        }

        Bar bar() {
            return new Bar(
                    open.doubleValue(),
                    high.doubleValue(),
                    low.doubleValue(),
                    close.doubleValue(),
                    volume.doubleValue(),
                    trades);
        }
    }
}
