package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.value.RecordValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A package as it is seen by those who import it. Its options may be set. */
final class PackageValue implements RecordValue {
    private final String path;
    private final Map<String, Object> members = new LinkedHashMap<>();

    PackageValue(String path) {
        this.path = path;
    }

    void set(String name, Object value) {
        members.put(name, value);
    }

    /** The member, or null. */
    Object find(String name) {
        return members.get(name);
    }

    @Override
    public Object get(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw FluxException.unsupported("'" + name + "' of package \"" + path + "\" is not supported");
        }
        return value;
    }

    @Override
    public boolean has(String name) {
        return members.containsKey(name);
    }

    @Override
    public Collection<String> names() {
        return members.keySet();
    }
}
