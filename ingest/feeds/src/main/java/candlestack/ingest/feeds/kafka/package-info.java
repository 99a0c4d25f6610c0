/** Topics of another Kafka as a source. */
package candlestack.ingest.feeds.kafka;
