package candlestack.bench;

import candlestack.config.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalDouble;

/** Asks the store for one number, as any reader would. */
final class Flux {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String token;

    Flux(Stack stack) {
        this.address = URI.create(stack.influxdb() + "/api/v2/query?org=candlestack");
        this.token = stack.secrets().require(Secrets.INFLUXDB_READER);
    }

    /** The {@code _value} of the only row of the answer; empty when there is no row. */
    OptionalDouble number(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/vnd.flux")
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Cannot query '" + query + "': " + response.statusCode() + " " + response.body());
        }
        return value(response.body().lines().toList());
    }

    private static OptionalDouble value(java.util.List<String> lines) {
        if (lines.size() < 2) {
            return OptionalDouble.empty();
        }
        int column = java.util.List.of(lines.get(0).split(",", -1)).indexOf("_value");
        return OptionalDouble.of(Double.parseDouble(lines.get(1).split(",", -1)[column]));
    }
}
