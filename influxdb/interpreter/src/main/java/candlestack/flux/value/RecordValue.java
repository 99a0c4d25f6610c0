package candlestack.flux.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named values. */
public interface RecordValue {
    /** The property, or {@link Null#UNKNOWN} where there is none. */
    Object get(String name);

    boolean has(String name);

    /** The properties' names, in order. */
    Collection<String> names();

    /** A record of a map, which must not change any more. */
    static RecordValue of(Map<String, Object> properties) {
        return new MapRecord(properties);
    }

    /** A copy that can be added to. */
    default Map<String, Object> copy() {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (String name : names()) {
            copy.put(name, get(name));
        }
        return copy;
    }

    /** A record held in a map. */
    record MapRecord(Map<String, Object> properties) implements RecordValue {
        @Override
        public Object get(String name) {
            return properties.getOrDefault(name, Null.UNKNOWN);
        }

        @Override
        public boolean has(String name) {
            return properties.containsKey(name);
        }

        @Override
        public Collection<String> names() {
            return properties.keySet();
        }
    }
}
