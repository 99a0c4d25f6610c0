/** How a run of points becomes bytes, and back. Lossless to the bit. */
package candlestack.influxdb.codec;
