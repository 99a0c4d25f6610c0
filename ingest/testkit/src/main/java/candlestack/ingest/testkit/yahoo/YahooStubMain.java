package candlestack.ingest.testkit.yahoo;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The stub by hand: {@code java -cp ingest/testkit/target/candlestack-ingest-testkit-0.1.0-SNAPSHOT.jar
 * candlestack.ingest.testkit.yahoo.YahooStubMain 8790}. Point the source at it with {@code base-url:
 * http://127.0.0.1:8790}. Further arguments are faults to begin with, such as {@code QUOTE=TOO_MANY_REQUESTS}.
 */
public final class YahooStubMain {
    private static final Map<String, Integer> SHARES =
            Map.of("AAPL", 230, "MSFT", 415, "NVDA", 140, "AMZN", 205, "GOOGL", 175, "TSLA", 340);
    private static final Map<String, Integer> COINS = Map.of("BTC-USD", 95_000, "ETH-USD", 3_300, "SOL-USD", 240);

    private YahooStubMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length == 0 ? 8790 : Integer.parseInt(arguments[0]);
        YahooStub stub = YahooStub.start(port, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(stub::close));
        SHARES.forEach(stub.market()::share);
        COINS.forEach(stub.market()::coin);
        List.of(arguments).stream().skip(1).forEach(argument -> fail(stub, argument));
        System.out.println("ready " + stub.address());
        while (true) {
            stub.streamAll();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static void fail(YahooStub stub, String argument) {
        String[] parts = argument.split("=", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Invalid fault '" + argument + "': expected SERVICE=FAULT");
        }
        stub.fail(Service.valueOf(parts[0]), Fault.valueOf(parts[1]));
    }
}
