package candlestack.ingest.testkit.yahoo;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Stands in for all of Yahoo Finance on this machine: cookie, consent, crumb, quotes, charts, profiles and the
 * streamer. Made from what is known of Yahoo's answers, not recorded from Yahoo.
 *
 * <p>It is a server by hand on plain sockets, because most of what it plays no well-behaved server would do. Safe to
 * use from any thread; {@link #close} ends all of its own.
 */
public final class YahooStub implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads;
    private final StubMarket market;
    private final StubSite site;
    private final Map<Service, Deque<Fault>> faults = new EnumMap<>(Service.class);
    private final List<StubRequest> requests = Collections.synchronizedList(new java.util.ArrayList<>());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<StubStream> streams = new CopyOnWriteArrayList<>();

    private YahooStub(ServerSocket server, Clock clock) {
        this.server = requireNonNull(server, "server is null");
        this.market = new StubMarket(clock);
        this.site = new StubSite(market);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "yahoo-stub");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Listens at a free port of the loopback interface. */
    public static YahooStub start(Clock clock) {
        return start(0, clock);
    }

    /** @param port 0 for a free one */
    @SuppressWarnings("FutureReturnValueIgnored") // accepting ends with the server socket
    public static YahooStub start(int port, Clock clock) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            YahooStub stub = new YahooStub(server, clock);
            stub.threads.submit(stub::accept);
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen at port " + port, e);
        }
    }

    /** For the source's option {@code base-url}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public StubMarket market() {
        return market;
    }

    /** Plays these faults, one a request to the service, before it answers again. */
    public void fail(Service service, Fault... played) {
        synchronized (faults) {
            faults.computeIfAbsent(service, ignored -> new ArrayDeque<>()).addAll(List.of(played));
        }
    }

    /** Forgets the faults that were not played yet. */
    public void recover() {
        synchronized (faults) {
            faults.clear();
        }
    }

    /** Answers anybody, without cookie, crumb or browser, as Yahoo did in the days of the library. */
    public void answerAnybody() {
        site.strict(false);
    }

    /** Refuses visitors who did not go through the consent. */
    public void wantConsent() {
        site.consentOnly(true);
    }

    /** What was asked so far. */
    public List<StubRequest> requests(Service service) {
        synchronized (requests) {
            return requests.stream()
                    .filter(request -> Service.of(request.path()) == service)
                    .toList();
        }
    }

    /** What the connected streams are subscribed to; an empty set for one that is to nothing yet. */
    public List<Set<String>> subscriptions() {
        return streams.stream().map(StubStream::symbols).toList();
    }

    /** How many pings the connected streams have answered. */
    public int pings() {
        return streams.stream().mapToInt(StubStream::pings).sum();
    }

    /** Sends a price to all who subscribed to its symbol. */
    public void stream(StubTick tick) {
        streams.stream()
                .filter(stream -> stream.symbols().contains(tick.symbol()))
                .forEach(stream -> quietly(() -> stream.send(tick.frame())));
    }

    /** Sends a text frame to every stream. */
    public void streamText(String text) {
        streams.forEach(stream -> quietly(() -> stream.send(text)));
    }

    /** Sends bytes that are no frame to every stream. */
    public void streamGarbage() {
        byte[] reservedOpcode = {(byte) 0xFF, 1, 0};
        streams.forEach(stream -> quietly(() -> stream.sendRaw(reservedOpcode)));
    }

    /** Ends every stream without a word. */
    public void dropStreams() {
        streams.forEach(stream -> quietly(stream::drop));
    }

    /** Every stream stays connected and says nothing any more, not even to a ping. */
    public void silenceStreams() {
        streams.forEach(StubStream::deaf);
    }

    @Override
    public void close() {
        quietly(server::close);
        sockets.forEach(socket -> quietly(socket::close));
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void streamAll() {
        Set<String> wanted =
                streams.stream().flatMap(stream -> stream.symbols().stream()).collect(Collectors.toSet());
        wanted.forEach(symbol -> market.tick(symbol).ifPresent(this::stream));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection's failure is the other side's to notice
    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.submit(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            StubRequest request = StubRequest.read(socket.getInputStream());
            if (request.header("upgrade").equalsIgnoreCase("websocket")) {
                serveStream(socket, request);
                return;
            }
            requests.add(request);
            Optional<Fault> fault = nextFault(Service.of(request.path()));
            if (fault.filter(Fault.HANG_UP::equals).isEmpty()) {
                site.answer(request, fault).write(socket.getOutputStream());
            }
        } catch (EOFException | SocketException hungUp) {
            // The other side has seen enough, or the stub is being closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private void serveStream(Socket socket, StubRequest handshake) throws IOException, InterruptedException {
        Optional<Fault> fault = nextFault(Service.STREAM);
        if (fault.isPresent()) {
            site.answer(handshake, fault).write(socket.getOutputStream());
            return;
        }
        StubStream stream = new StubStream(socket);
        streams.add(stream);
        try {
            stream.serve(handshake);
        } finally {
            streams.remove(stream);
        }
    }

    private Optional<Fault> nextFault(Service service) {
        synchronized (faults) {
            return Optional.ofNullable(faults.get(service)).map(Deque::poll);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            // It is gone, which is what was wanted or what the other side wanted.
        }
    }
}
