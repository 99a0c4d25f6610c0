package candlestack.influxdb.access;

/**
 * Whom tokens belong to. Nobody signs in here, so no password is kept.
 *
 * @param id 16 hexadecimal digits
 */
public record User(String id, String name) {}
