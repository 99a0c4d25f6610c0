package candlestack.ingest.users;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** How the API is asked for a page, around what it silently changes. */
record RandomUserQuery(URI url, int pageSize, String seed, List<Nationality> nationalities) {
    /** The API takes a page above this for the first. */
    private static final int MOST_PAGES = 10_000;

    RandomUserQuery {
        requireNonNull(url, "url is null");
        requireNonNull(seed, "seed is null");
        nationalities = List.copyOf(nationalities);
    }

    /** @param index from 0 */
    URI page(long index) {
        return URI.create(
                url + "?results=" + pageSize + "&page=" + number(index) + "&seed=" + seed(index) + nationalityFilter());
    }

    /** The page's number within its seed, from 1. */
    int number(long index) {
        return (int) (index % MOST_PAGES) + 1;
    }

    /** Another sequence begins where the pages of one end. */
    private String seed(long index) {
        long sequence = index / MOST_PAGES;
        return sequence == 0 ? seed : seed + "-" + sequence;
    }

    private String nationalityFilter() {
        return nationalities.size() == Nationality.values().length
                ? ""
                : "&nat=" + nationalities.stream().map(Nationality::name).collect(Collectors.joining(","));
    }
}
