/** Any JSON over HTTP as a source, polled. */
package candlestack.ingest.feeds.http;
