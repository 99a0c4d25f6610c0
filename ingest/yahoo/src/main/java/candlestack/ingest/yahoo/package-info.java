/** Yahoo Finance as a source. */
package candlestack.ingest.yahoo;
