package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.event.Candidate;
import candlestack.analytics.sinks.event.CountedVote;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.Voter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rows of one batch: the last version of a candidate and a voter, the first vote of a voter. */
final class VotesRows {
    /** Writers take turns: each counts what is new against what the one before has left. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('votes.votes'))";

    private static final StagedTable CANDIDATES = StagedTable.upserting(
            "votes.candidates",
            List.of("candidate_id"),
            List.of("name", "party_affiliation", "biography", "campaign_platform", "photo_url"));

    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private final Map<String, Registration> voters = new LinkedHashMap<>();
    private final Map<String, CountedVote> votes = new LinkedHashMap<>();

    /** A voter as of the broker's stamp. */
    private record Registration(Voter voter, Instant stamp) {}

    /** A candidate's removal from the compacted topic leaves what we know of it. */
    void addCandidate(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        if (record.value() != null) {
            Candidate candidate = Candidate.decode(record.value());
            candidates.put(candidate.id(), candidate);
        }
    }

    /** Of a voter that was erased nothing but the key is left. */
    void addVoter(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        if (record.value() == null && record.key() == null) {
            return;
        }
        Voter voter = record.value() == null ? erased(record.key()) : Voter.decode(record.value());
        voters.put(voter.id(), new Registration(voter, Instant.ofEpochMilli(record.timestamp())));
    }

    private static Voter erased(byte[] key) {
        String id = new String(key, StandardCharsets.UTF_8);
        List<Optional<String>> nothing = Collections.nCopies(Voter.PERSONAL.size(), Optional.empty());
        return new Voter(id, Optional.empty(), Optional.empty(), Optional.empty(), nothing);
    }

    void addVote(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        if (record.value() != null) {
            CountedVote vote = CountedVote.decode(record.value());
            votes.merge(vote.voterId(), vote, (a, b) -> CountedVote.FIRST.compare(a, b) <= 0 ? a : b);
        }
    }

    int count() {
        return candidates.size() + voters.size() + votes.size();
    }

    void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
        CANDIDATES.merge(connection, candidateRows());
        VotesStatements.register(connection, voterRows());
        VotesStatements.count(connection, voteRows());
    }

    private CopyText candidateRows() {
        CopyText rows = new CopyText();
        for (Candidate candidate : candidates.values()) {
            rows.text(candidate.id()).text(candidate.name()).text(candidate.party());
            rows.text(candidate.biography()).text(candidate.platform()).text(candidate.photo());
            rows.endRow();
        }
        return rows;
    }

    private CopyText voterRows() {
        CopyText rows = new CopyText();
        for (Registration registration : voters.values()) {
            Voter voter = registration.voter();
            rows.text(voter.id()).text(voter.region()).time(registration.stamp());
            rows.text(voter.dateOfBirth().map(Object::toString));
            rows.text(voter.registeredAge().map(Object::toString));
            voter.personal().forEach(rows::text);
            rows.endRow();
        }
        return rows;
    }

    private CopyText voteRows() {
        CopyText rows = new CopyText();
        for (CountedVote vote : votes.values()) {
            rows.text(vote.voteId()).text(vote.voterId()).text(vote.candidateId());
            rows.text(vote.region()).time(vote.time()).endRow();
        }
        return rows;
    }
}
