package candlestack.local.doctor;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a service's address can be shown and connected to: a login or a token in it is left out. */
record Endpoint(String scheme, String host, int port) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?i:jdbc:)?(?:(?<scheme>[A-Za-z][A-Za-z0-9+._-]*)://)?(?<rest>.*)");
    private static final Pattern PLACE =
            Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?");
    private static final int MOST = 65_535;
    private static final String MONGODB_SRV = "mongodb+srv";

    Endpoint {
        requireNonNull(scheme, "scheme is null");
        requireNonNull(host, "host is null");
    }

    /**
     * The first one of {@code host:port,...}, {@code http://host:port} or {@code jdbc:postgresql://host:port/database}.
     *
     * @param service the scheme where the address has none
     * @return empty if it is not understood
     */
    static Optional<Endpoint> of(String service, String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme =
                Optional.ofNullable(parts.group("scheme")).orElse(service).toLowerCase(Locale.ROOT);
        String rest = parts.group("rest");
        Matcher place = PLACE.matcher(places(rest).split(",", 2)[0]);
        if (!place.matches() || mayBeLogin(rest)) {
            return Optional.empty();
        }
        return Optional.ofNullable(place.group("port"))
                .map(Integer::valueOf)
                .or(() -> usualPort(scheme))
                .filter(port -> port <= MOST)
                .map(port -> new Endpoint(scheme, place.group("host"), port));
    }

    /** Without what follows the hosts, and without the login before them, which may hold a slash or a comma. */
    private static String places(String rest) {
        String path = rest.replaceFirst("[?#].*", "");
        return path.substring(path.lastIndexOf('@') + 1).replaceFirst("/.*", "");
    }

    /** Whether what looks like the host may be the beginning of a login with a ? or # in it. */
    private static boolean mayBeLogin(String rest) {
        return rest.matches("[^@/]*[?#].*@.*");
    }

    /** Kafka has none: whatever its listener's protocol, the clients refuse an address without a port. */
    private static Optional<Integer> usualPort(String scheme) {
        return switch (scheme) {
            case "https" -> Optional.of(443);
            case "http" -> Optional.of(80);
            case "postgresql" -> Optional.of(5432);
            case "mongodb", MONGODB_SRV -> Optional.of(27017);
            case "cassandra" -> Optional.of(9042);
            default -> Optional.empty();
        };
    }

    /** Whether the host is only a name under which DNS has the servers: it may not be one itself. */
    boolean isSeed() {
        return scheme.equals(MONGODB_SRV);
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (isSeed() ? "" : ":" + port);
    }
}
