package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import candlestack.influxdb.codec.ByteSink;
import candlestack.influxdb.codec.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a column's number stands for, as the file of columns records it. */
record ColumnDefinition(int id, long bucket, ColumnType type, SeriesName series, String field) {
    void writeTo(ByteSink sink) {
        sink.putVarLong(id);
        sink.putLong(bucket);
        sink.putByte(letter(type));
        put(sink, series.measurement());
        sink.putVarLong(series.tags().size());
        series.tags().forEach(text -> put(sink, text));
        put(sink, field);
    }

    static ColumnDefinition readFrom(ByteSource source) {
        int id = source.readVarInt();
        long bucket = source.readLong();
        ColumnType type = type((char) source.readByte());
        String measurement = text(source);
        int count = source.readVarInt();
        List<String> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(text(source));
        }
        return new ColumnDefinition(id, bucket, type, new SeriesName(measurement, tags), text(source));
    }

    private static char letter(ColumnType type) {
        return switch (type) {
            case FLOAT -> 'f';
            case INTEGER -> 'i';
            case UNSIGNED -> 'u';
            case STRING -> 's';
            case BOOLEAN -> 'b';
        };
    }

    private static ColumnType type(char letter) {
        for (ColumnType type : ColumnType.values()) {
            if (letter(type) == letter) {
                return type;
            }
        }
        throw new CorruptStoreException("Cannot read the file of columns: unknown type '" + letter + "'");
    }

    private static void put(ByteSink sink, String text) {
        sink.putSized(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteSource source) {
        return new String(source.readSized(), StandardCharsets.UTF_8);
    }
}
