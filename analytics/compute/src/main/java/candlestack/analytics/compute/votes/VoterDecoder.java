package candlestack.analytics.compute.votes;

import static candlestack.analytics.compute.votes.Fields.name;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;

/** Reads from the JSON of {@code votes.voters} what turnout needs, and nothing about the person. For one thread. */
final class VoterDecoder {
    private static final byte[] VOTER_ID = name("voter_id");
    private static final byte[] REGION = name("region");
    private static final byte[] ADDRESS = name("address");
    private static final byte[] STATE = name("state");

    private final JsonScanner scanner = new JsonScanner();

    /** Whose record it is, of a voter as of a vote; empty if it does not say. */
    String voterId(byte[] json) {
        try {
            scanner.open(json);
            while (scanner.nextField()) {
                if (scanner.nameIs(VOTER_ID)) {
                    return Fields.text(scanner, "voter_id");
                }
                scanner.skip();
            }
        } catch (JsonException e) {
            // Decoding comes to the same end, and says why.
        }
        return "";
    }

    /**
     * The voter; its region is the state of the address where no other is given.
     *
     * @throws JsonException saying what is wrong with it
     */
    Voter decode(byte[] json) {
        String voterId = "";
        String region = "";
        String state = "";
        scanner.open(json);
        while (scanner.nextField()) {
            if (scanner.nameIs(VOTER_ID)) {
                voterId = Fields.text(scanner, "voter_id");
            } else if (scanner.nameIs(REGION)) {
                region = Fields.text(scanner, "region");
            } else if (scanner.nameIs(ADDRESS) && scanner.kind() == JsonScanner.Kind.OBJECT) {
                state = state();
            } else {
                scanner.skip();
            }
        }
        return new Voter(
                Fields.checked("voter_id", voterId, "the register names its voters"),
                Fields.checked(
                        "region", region.isBlank() ? state : region, "a voter is registered in a region, or a state"));
    }

    private String state() {
        String state = "";
        scanner.enterObject("address");
        while (scanner.nextField()) {
            if (scanner.nameIs(STATE)) {
                state = Fields.text(scanner, "address.state");
            } else {
                scanner.skip();
            }
        }
        return state;
    }
}
