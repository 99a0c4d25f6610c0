/**
 * How the streams beside the market are computed: {@link candlestack.analytics.compute.stream.StreamRules} say what
 * becomes of a key's records; whoever runs them keeps the states and carries the records.
 */
package candlestack.analytics.compute.stream;
