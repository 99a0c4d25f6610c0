package candlestack.analytics.compute.votes;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.Said;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs the rules turn by turn, as the job does: between turns there is nothing but what the states have written. */
final class Election {
    private static final String ARRIVAL = "2026-03-02T12:00:00Z";

    private final VotesRules rules = new VotesRules(EventTimeRules.of(Duration.ZERO, Duration.ofSeconds(60)));
    private final Map<String, byte[]> voters = new HashMap<>();
    private final Map<String, byte[]> totals = new HashMap<>();

    /** The last version of what each voter's vote is. */
    final SortedMap<String, String> counted = new TreeMap<>();
    /** The last version of each point: {@code measurement/tag/time -> fields}. */
    final SortedMap<String, Map<String, Double>> points = new TreeMap<>();
    /** {@code <event id>: <reason>}, each once. */
    final SortedSet<String> deadLetters = new TreeSet<>();

    static String voteJson(String voteId, String voterId, String candidateId, String region, String time) {
        return """
                {"vote_id":"%s","voter_id":"%s","candidate_id":"%s","region":"%s","voting_time":"%s"}""".formatted(voteId, voterId, candidateId, region, time);
    }

    /** A vote whose event is named like the vote. */
    static StreamRecord vote(String voteId, String voterId, String candidateId, String region, String time) {
        return cast(voteId, voteJson(voteId, voterId, candidateId, region, time));
    }

    static StreamRecord cast(String eventId, String json) {
        return record(VotesRules.CAST, "key", eventId, json, ARRIVAL);
    }

    static StreamRecord voter(String voterId, String region, String arrival) {
        String json = "{\"voter_id\":\"%s\",\"name\":\"Ann\",\"region\":\"%s\"}".formatted(voterId, region);
        return record(VotesRules.VOTERS, voterId, "voter-" + voterId + region, json, arrival);
    }

    static StreamRecord record(String topic, String key, String eventId, String json, String arrival) {
        long stamp = IsoTime.parse(arrival).orElseThrow() / 1_000_000;
        return new StreamRecord(topic, key, json.getBytes(UTF_8), stamp, eventId.getBytes(UTF_8), "test");
    }

    /** What was said in the turn, also by the second stage. */
    Said turn(StreamRecord... records) {
        Said first = new Said();
        turn(List.of(records), rules::keyOf, voters, rules::newState, rules::readState, first);
        Said second = new Said();
        SecondStage stage = rules.secondStage().orElseThrow();
        List<StreamRecord> rows = first.forwarded.stream().map(Election::row).toList();
        turn(rows, StreamRecord::key, totals, stage::newState, stage::readState, second);
        first.points.addAll(second.points);
        first.records.forEach(written -> counted.put(written.key(), written.value()));
        first.points.forEach(point -> points.put(name(point), point.fields()));
        deadLetters.addAll(first.deadLetters);
        return first;
    }

    private static void turn(
            List<StreamRecord> records,
            Function<StreamRecord, String> keyOf,
            Map<String, byte[]> kept,
            Function<String, KeyState> fresh,
            BiFunction<String, byte[], KeyState> read,
            Said output) {
        Map<String, KeyState> states = new LinkedHashMap<>();
        for (StreamRecord record : records) {
            states.computeIfAbsent(
                            keyOf.apply(record),
                            key -> kept.containsKey(key) ? read.apply(key, kept.get(key)) : fresh.apply(key))
                    .accept(record, output);
        }
        states.forEach((key, state) -> {
            state.writeOut(output);
            if (!state.isEmpty()) {
                StateOutput bytes = new StateOutput();
                state.write(bytes);
                kept.put(key, bytes.toBytes());
            }
        });
    }

    /** Bytes that are kept of a voter. */
    int size(String voterId) {
        return voters.containsKey(voterId) ? voters.get(voterId).length : 0;
    }

    private static StreamRecord row(Said.Forwarded forwarded) {
        return new StreamRecord("", forwarded.key(), forwarded.row(), 0, new byte[0], "");
    }

    private static String name(Point point) {
        String tag = point.tags().values().iterator().next();
        return point.measurement() + "/" + tag + "/" + IsoTime.format(point.timeNanos());
    }
}
