package candlestack.analytics.sinks.postgres;

import candlestack.analytics.sinks.event.Voter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What takes rows in and moves the sums by what has changed, however often and in whatever order rows come: a voter's
 * newest record stays, and a voter's first vote.
 *
 * <p>All parts of one statement see the tables as they were before it: {@code old} is what the changed rows were.
 */
final class VotesStatements {
    private static final List<String> PERSONAL = Stream.concat(
                    Stream.of("date_of_birth", "registered_age"), Voter.PERSONAL.stream())
            .toList();
    private static final Staging VOTERS = new Staging(
            "votes.voters",
            Stream.concat(Stream.of("voter_id", "region", "registered_at"), PERSONAL.stream())
                    .toList());
    private static final Staging VOTES =
            new Staging("votes.votes", List.of("vote_id", "voter_id", "candidate_id", "region", "voting_time"));

    /** A record without a region is an erasure: the register goes on counting the voter where it was. */
    private static final String REGISTER = """
            with old as materialized (
                select voter_id, v.region from votes.voters v join staging_votes_voters using (voter_id)
            ), changed as (
                insert into votes.voters as t (%1$s) select %1$s from staging_votes_voters
                on conflict (voter_id) do update set
                    region = coalesce(excluded.region, t.region),
                    registered_at = excluded.registered_at,
                    cleared_at = null,
                    %2$s
                where excluded.registered_at > t.registered_at
                   or (excluded.registered_at = t.registered_at and t.cleared_at is null)
                returning voter_id, region
            ), moves as (
                select region, sum(n) as n from (
                    select region, 1 as n from changed
                    union all
                    select old.region, -1 from old join changed using (voter_id)
                ) m where region is not null group by region having sum(n) <> 0
            )
            insert into votes.turnout_by_region as t (region, votes, registered)
            select region, 0, n from moves order by region
            on conflict (region) do update set registered = t.registered + excluded.registered
            """.formatted(
            VOTERS.columns(),
            PERSONAL.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", ")));

    private static final String COUNT = """
            with old as materialized (
                select voter_id, v.candidate_id, v.region, v.voting_time
                from votes.votes v join staging_votes_votes using (voter_id)
            ), changed as (
                insert into votes.votes as t (%1$s) select %1$s from staging_votes_votes
                on conflict (voter_id) do update set
                    vote_id = excluded.vote_id, candidate_id = excluded.candidate_id,
                    region = excluded.region, voting_time = excluded.voting_time
                where (excluded.voting_time, %2$s) < (t.voting_time, %3$s)
                returning voter_id, candidate_id, region, voting_time
            ), moves as materialized (
                select candidate_id, region, date_trunc('minute', voting_time, 'UTC') as minute, sum(n) as n from (
                    select candidate_id, region, voting_time, 1 as n from changed
                    union all
                    select old.candidate_id, old.region, old.voting_time, -1 from old join changed using (voter_id)
                ) m group by 1, 2, 3 having sum(n) <> 0
            ), by_candidate as (
                insert into votes.votes_per_candidate as t (candidate_id, votes)
                select candidate_id, sum(n) from moves group by 1 order by 1
                on conflict (candidate_id) do update set votes = t.votes + excluded.votes
            ), by_region as (
                insert into votes.turnout_by_region as t (region, votes, registered)
                select region, sum(n), 0 from moves group by 1 order by 1
                on conflict (region) do update set votes = t.votes + excluded.votes
            )
            insert into votes.tally_by_minute as t (minute, candidate_id, votes)
            select minute, candidate_id, sum(n) from moves group by 1, 2 order by 1, 2
            on conflict (minute, candidate_id) do update set votes = t.votes + excluded.votes
            """.formatted(VOTES.columns(), inBytes("excluded"), inBytes("t"));

    /** Ids are compared as analytics does it, not as a language would. */
    private static String inBytes(String row) {
        return Stream.of("vote_id", "candidate_id", "region")
                .map(column -> row + "." + column + " collate \"C\"")
                .collect(Collectors.joining(", "));
    }

    /** Nothing is left of a vote that was replaced. */
    private static final List<String> TIDY = List.of(
            "delete from votes.votes_per_candidate where votes = 0",
            "delete from votes.turnout_by_region where votes = 0 and registered = 0",
            "delete from votes.tally_by_minute where votes = 0");

    private VotesStatements() {}

    /** Within the connection's transaction. */
    static void register(Connection connection, CopyText rows) throws SQLException {
        run(connection, VOTERS, rows, REGISTER);
    }

    /** Within the connection's transaction. */
    static void count(Connection connection, CopyText rows) throws SQLException {
        run(connection, VOTES, rows, COUNT);
    }

    private static void run(Connection connection, Staging staging, CopyText rows, String merge) throws SQLException {
        if (rows.rows() == 0) {
            return;
        }
        staging.fill(connection, rows);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(merge);
            for (String tidy : TIDY) {
                statement.executeUpdate(tidy);
            }
        }
    }
}
