package candlestack.viewer.check;

/**
 * What one target answered.
 *
 * @param target dashboard, panel and refId
 * @param error "" where there is none
 */
public record Answer(String target, long rows, String error) {
    @Override
    public String toString() {
        return target + ": " + (error.isEmpty() ? rows + " rows" : error);
    }
}
