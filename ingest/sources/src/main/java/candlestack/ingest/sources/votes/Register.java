package candlestack.ingest.sources.votes;

import static java.util.Objects.requireNonNull;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A register of voters, and the order in which those of them who will vote come to the poll. */
final class Register {
    private final long first;
    private final int size;
    /** Numbers of voters, less {@link #first}. */
    private final int[] order;

    /** @param first the number of its first voter among the voters of all registers */
    Register(Electorate electorate, long first, int size) {
        requireNonNull(electorate, "electorate is null");
        this.first = first;
        this.size = size;
        int[] voting = IntStream.range(0, size)
                .filter(voter -> electorate.willVote(first + voter))
                .toArray();
        // Registers without a vote would follow one another without end.
        this.order = voting.length == 0 ? new int[1] : voting;
        shuffle(electorate.random(first, 3));
    }

    private void shuffle(SplittableRandom random) {
        for (int left = order.length; left > 1; left--) {
            int other = random.nextInt(left);
            int voter = order[left - 1];
            order[left - 1] = order[other];
            order[other] = voter;
        }
    }

    long first() {
        return first;
    }

    int size() {
        return size;
    }

    /** How many of them vote; at least one. */
    int voting() {
        return order.length;
    }

    /** Who votes at this place, from 0. */
    long voter(int place) {
        return first + order[place];
    }
}
