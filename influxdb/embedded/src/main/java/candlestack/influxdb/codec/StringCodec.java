package candlestack.influxdb.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each different text once, then which of them each point has. */
final class StringCodec {
    private StringCodec() {}

    static void encode(String[] values, int count, ByteSink sink) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        long[] indexes = new long[count];
        for (int i = 0; i < count; i++) {
            Integer next = numbers.size();
            Integer known = numbers.putIfAbsent(values[i], next);
            indexes[i] = known == null ? next : known;
        }
        sink.putVarLong(numbers.size());
        numbers.keySet().forEach(text -> sink.putSized(text.getBytes(StandardCharsets.UTF_8)));
        PackedLongs.encode(indexes, 0, count, sink);
    }

    static void decode(ByteSource source, String[] values, int count) {
        String[] texts = new String[source.readVarInt()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new String(source.readSized(), StandardCharsets.UTF_8);
        }
        long[] indexes = new long[count];
        PackedLongs.decode(source, indexes, 0, count);
        for (int i = 0; i < count; i++) {
            values[i] = texts[(int) indexes[i]];
        }
    }
}
