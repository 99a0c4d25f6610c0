package candlestack.viewer.query;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A result set to a frame, one field a column. */
final class SqlFrames {
    private SqlFrames() {}

    static Frame read(ResultSet rows, Limits limits) throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<FieldType> types = new ArrayList<>();
        List<List<Object>> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            types.add(type(metadata.getColumnLabel(i), metadata.getColumnType(i)));
            columns.add(new ArrayList<>());
        }
        int count = 0;
        while (rows.next() && ++count <= limits.rows()) {
            for (int i = 0; i < types.size(); i++) {
                columns.get(i).add(value(rows, i + 1, types.get(i)));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field(metadata.getColumnLabel(i + 1), types.get(i), Map.of(), columns.get(i)));
        }
        Frame frame = new Frame("", fields);
        return count > limits.rows() ? frame.withNotice(limits.notice()) : frame;
    }

    private static FieldType type(String name, int sqlType) {
        return switch (sqlType) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.DATE -> FieldType.TIME;
            case Types.BIT, Types.BOOLEAN -> FieldType.BOOLEAN;
            case Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> name.equals("time") ? FieldType.TIME : FieldType.NUMBER;
            default -> FieldType.STRING;
        };
    }

    private static Object value(ResultSet rows, int column, FieldType type) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TIME -> value instanceof Number epoch ? epochMillis(epoch) : millis(rows.getTimestamp(column));
            case NUMBER -> value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
            case BOOLEAN -> value;
            case STRING -> value.toString();
        };
    }

    private static long millis(Timestamp timestamp) {
        return timestamp.getTime();
    }

    /** As Grafana reads a number called time: seconds, unless it is too large for them. */
    private static long epochMillis(Number epoch) {
        double value = epoch.doubleValue();
        return Math.round(value < 100_000_000_000.0 ? value * 1000 : value);
    }
}
