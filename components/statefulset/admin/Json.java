import java.util.Map;
import java.util.StringJoiner;

/** Writes maps, lists, numbers and texts as JSON on one line. */
final class Json {
    private Json() {}

    static String write(Object value) {
        if (value instanceof Map) {
            StringJoiner fields = new StringJoiner(",", "{", "}");
            ((Map<?, ?>) value).forEach((key, each) -> fields.add(quote(key.toString()) + ":" + write(each)));
            return fields.toString();
        }
        if (value instanceof Iterable) {
            StringJoiner items = new StringJoiner(",", "[", "]");
            ((Iterable<?>) value).forEach(each -> items.add(write(each)));
            return items.toString();
        }
        return value instanceof String ? quote((String) value) : String.valueOf(value);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (each < ' ' || each > '~') {
                quoted.append(String.format("\\u%04x", (int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
