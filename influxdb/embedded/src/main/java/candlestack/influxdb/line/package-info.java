/**
 * Line protocol, byte by byte, with the rules and the messages of InfluxDB 2.7: what it takes is taken, what it refuses
 * is refused in the same words.
 */
package candlestack.influxdb.line;
