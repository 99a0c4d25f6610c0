/** How JSON becomes events, as configured: shared by the sources of this module. */
package candlestack.ingest.feeds.mapping;
