package candlestack.influxdb.store;

/**
 * Where a partition file keeps a block.
 *
 * @param first the time of its first point
 * @param last the time of its last point
 * @param count how many points it has
 * @param lastBits the value of its last point as 64 bits; means nothing for strings
 * @param position the offset of its first byte
 * @param checksum the CRC-32C of its bytes
 */
record BlockAddress(long first, long last, int count, long lastBits, int position, int length, int checksum) {}
