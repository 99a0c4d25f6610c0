/** A stand-in for Yahoo Finance on this machine, for tests and for trying things out by hand. */
package candlestack.ingest.testkit.yahoo;
