package candlestack.influxdb.access;

import java.time.Instant;

/** @param id 16 hexadecimal digits */
public record Organization(String id, String name, String description, Instant createdAt, Instant updatedAt) {}
