package candlestack.flux.value;

import java.util.Map;

/** A dictionary; the map does not change. */
public record DictValue(Map<Object, Object> entries) {}
