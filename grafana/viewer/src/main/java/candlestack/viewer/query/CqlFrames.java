package candlestack.viewer.query;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of Cassandra to a frame, one field a column. */
final class CqlFrames {
    private static final Set<DataType> NUMBERS = Set.of(
            DataTypes.TINYINT,
            DataTypes.SMALLINT,
            DataTypes.INT,
            DataTypes.BIGINT,
            DataTypes.COUNTER,
            DataTypes.VARINT,
            DataTypes.FLOAT,
            DataTypes.DOUBLE,
            DataTypes.DECIMAL);

    private CqlFrames() {}

    /** Fetches page after page, until there are too many rows or the query was given up. */
    static Frame read(ResultSet rows, Limits limits, Cancellation cancellation) {
        List<FieldType> types = new ArrayList<>();
        List<List<Object>> columns = new ArrayList<>();
        for (ColumnDefinition column : rows.getColumnDefinitions()) {
            types.add(type(column.getType()));
            columns.add(new ArrayList<>());
        }
        int count = 0;
        for (Row row : rows) {
            if (cancellation.isCancelled()) {
                throw new QueryException("The query was cancelled");
            }
            if (++count > limits.rows()) {
                break;
            }
            for (int i = 0; i < types.size(); i++) {
                columns.get(i).add(value(row.getObject(i)));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = rows.getColumnDefinitions().get(i).getName().asInternal();
            fields.add(new Field(name, types.get(i), Map.of(), columns.get(i)));
        }
        Frame frame = new Frame("", fields);
        return count > limits.rows() ? frame.withNotice(limits.notice()) : frame;
    }

    private static FieldType type(DataType type) {
        if (NUMBERS.contains(type)) {
            return FieldType.NUMBER;
        }
        if (type.equals(DataTypes.TIMESTAMP) || type.equals(DataTypes.DATE)) {
            return FieldType.TIME;
        }
        return type.equals(DataTypes.BOOLEAN) ? FieldType.BOOLEAN : FieldType.STRING;
    }

    private static Object value(Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return ((Number) value).doubleValue();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
