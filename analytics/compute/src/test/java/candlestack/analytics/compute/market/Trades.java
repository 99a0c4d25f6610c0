package candlestack.analytics.compute.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.util.List;

/** The 100,000 trades of BTC/USD on Bitstamp from 2013-11-25 to 2013-12-01 that come with ta4j-examples. */
final class Trades {
    private Trades() {}

    record Trade(long seconds, BigDecimal price, BigDecimal amount) {}

    static List<Trade> all() {
        try (InputStream input = Trades.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(input, UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells ->
                            new Trade(Long.parseLong(cells[0]), new BigDecimal(cells[1]), new BigDecimal(cells[2])))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
