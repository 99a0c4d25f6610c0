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
            Pattern.compile("(?i:jdbc:)?(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<rest>.*)");
    private static final Pattern PLACE =
            Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?");
    private static final int MOST = 65_535;

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
        int port =
                Optional.ofNullable(place.group("port")).map(Integer::parseInt).orElse(usualPort(scheme));
        return port > MOST ? Optional.empty() : Optional.of(new Endpoint(scheme, place.group("host"), port));
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

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            case "postgresql" -> 5432;
            case "mongodb" -> 27017;
            case "cassandra" -> 9042;
            default -> 9092;
        };
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
