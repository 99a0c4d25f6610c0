package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.ingest.testkit.yahoo.Fault;
import candlestack.ingest.testkit.yahoo.Service;
import candlestack.ingest.testkit.yahoo.YahooStub;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.net.CookieHandler;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yahoofinance.Stock;
import yahoofinance.YahooFinance;

/**
 * The library as it is, with its own HTTP, against the stub: that shows that the stub plays what the library reads. Its
 * addresses are read once, when its classes load, so each test loads them anew.
 */
class GenuineLibraryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final List<String> ADDRESSES =
            List.of("yahoofinance.baseurl.quotesquery1v7", "yahoofinance.baseurl.histquotesquery2v8");

    private final YahooStub stub = YahooStub.start(Clock.fixed(NOW, ZoneOffset.UTC));
    private final CookieHandler cookies = CookieHandler.getDefault();
    private URLClassLoader loader;

    @BeforeEach
    void load() {
        System.setProperty(ADDRESSES.get(0), stub.address() + "/v7/finance/quote");
        System.setProperty(ADDRESSES.get(1), stub.address() + "/v8/finance/chart/");
        URL library = YahooFinance.class.getProtectionDomain().getCodeSource().getLocation();
        loader = new LibraryLoader(library);
        stub.market().share("AAPL", 200);
        stub.market().trade("AAPL", "272.41", NOW, 51_234_567);
        stub.answerAnybody();
    }

    @AfterEach
    void unload() throws IOException {
        ADDRESSES.forEach(System::clearProperty);
        CookieHandler.setDefault(cookies);
        loader.close();
        stub.close();
    }

    @Test
    void readsQuotes() throws Exception {
        Object stock = get("AAPL");
        Object quote = call(stock, "getQuote");

        assertThat(call(stock, "getName")).isEqualTo("AAPL as the stub has it");
        assertThat(call(quote, "getPrice")).isEqualTo(new BigDecimal("272.41"));
        assertThat(call(quote, "getVolume")).isEqualTo(51_234_567L);
        assertThat(((Calendar) call(quote, "getLastTradeTime")).toInstant()).isEqualTo(NOW);
    }

    @Test
    void getsNothingForAnUnknownSymbol() throws Exception {
        assertThat(get("GONE")).isNull();
    }

    @Test
    void readsDailyBars() throws Exception {
        Class<?> request = loader.loadClass("yahoofinance.query2v8.HistQuotesQuery2V8Request");
        Calendar from = Calendar.getInstance();
        from.setTimeInMillis(NOW.minusSeconds(5 * 86_400).toEpochMilli());
        Calendar to = Calendar.getInstance();
        to.setTimeInMillis(NOW.toEpochMilli());
        Object made = request.getConstructor(String.class, Calendar.class, Calendar.class)
                .newInstance("AAPL", from, to);

        assertThat((List<?>) call(made, "getResult")).hasSizeBetween(4, 6);
    }

    @Test
    void isRefusedByYahooAsItIsToday() {
        stub.fail(Service.QUOTE, Fault.TOO_MANY_REQUESTS);

        assertThatThrownBy(() -> get("AAPL"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("Server returned HTTP response code: 429");
    }

    @Test
    void readsTheSameAsOurs() throws Exception {
        Object quote = call(get("AAPL"), "getQuote");
        String answer = "{\"quoteResponse\":{\"result\":[{\"symbol\":\"AAPL\",\"regularMarketPrice\":272.41}]}}";
        Stock ours = new QuoteRequest(List.of("AAPL"), Json.parse(answer).orElseThrow())
                .getResult()
                .get(0);

        assertThat(ours.getQuote().getPrice()).isEqualTo(call(quote, "getPrice"));
    }

    private Object get(String symbol) throws Exception {
        return loader.loadClass("yahoofinance.YahooFinance")
                .getMethod("get", String.class)
                .invoke(null, symbol);
    }

    private static Object call(Object target, String method) throws Exception {
        return target.getClass().getMethod(method).invoke(target);
    }

    /** Loads the library's classes itself, all others as usual. */
    private static final class LibraryLoader extends URLClassLoader {
        LibraryLoader(URL library) {
            super(new URL[] {library}, GenuineLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("yahoofinance.")) {
                    return findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
