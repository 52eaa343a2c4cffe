import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Prints as JSON how the Kafka of the class path defines the properties of brokers and topics. With the argument "values" it
 * reads lines of "broker" or "topic", a name and a value between tabs, and prints whether Kafka takes each of them.
 */
class KafkaProperties {
    private static final Pattern RANGE_OR_VALUE = Pattern.compile("\\[(-?\\d+),\\.\\.\\.,(-?\\d+)\\] or (-?\\d+)");

    public static void main(String[] args) throws Exception {
        Object printed = args.length == 0
            ? Map.of("broker", brokerProperties(), "topic", topicProperties())
            : takesEach(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        System.out.println(new ObjectMapper().writeValueAsString(printed));
    }

    private static List<Boolean> takesEach(BufferedReader lines) throws Exception {
        Map<String, ConfigDef> definitions = Map.of("broker", brokerDefinitions(), "topic", topicDefinitions());
        List<Boolean> taken = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t", 3);
            taken.add(takes(definitions.get(parts[0]).configKeys().get(parts[1]), parts[2]));
        }
        return taken;
    }

    private static boolean takes(ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return true;
        } catch (ConfigException refused) {
            return false;
        }
    }

    private static ConfigDef brokerDefinitions() throws Exception {
        ConfigDef definitions = new ConfigDef((ConfigDef) call("kafka.server.KafkaConfig", "configDef"));
        // Rates that a running broker is told, and no file has.
        for (ConfigDef.ConfigKey key : throttles().configKeys().values()) {
            if (!definitions.names().contains(key.name)) {
                definitions.define(key);
            }
        }
        return definitions;
    }

    private static ConfigDef topicDefinitions() throws Exception {
        return (ConfigDef) call("org.apache.kafka.storage.internals.log.LogConfig", "configDefCopy");
    }

    private static Map<String, Object> brokerProperties() throws Exception {
        Map<String, Object> properties = describeAll(brokerDefinitions());
        Map<?, ?> modes = (Map<?, ?>) callFirst(
            "dynamicConfigUpdateModes",
            "org.apache.kafka.server.config.DynamicBrokerConfig",
            "kafka.server.DynamicBrokerConfig$");
        modes.forEach((name, mode) -> {
            Object property = properties.get(name);
            if (property == null) {
                throw new IllegalStateException("no definition of " + name);
            }
            asMap(property).put("mode", mode);
        });
        return properties;
    }

    private static Map<String, Object> topicProperties() throws Exception {
        Map<String, Object> properties = describeAll(topicDefinitions());
        Map<?, ?> synonyms = (Map<?, ?>) Class.forName("org.apache.kafka.server.config.ServerTopicConfigSynonyms")
            .getField("ALL_TOPIC_CONFIG_SYNONYMS")
            .get(null);
        for (Map.Entry<?, ?> entry : synonyms.entrySet()) {
            Object property = properties.get(entry.getKey());
            if (property != null) {
                asMap(property).put("brokers", brokersNames((List<?>) entry.getValue()));
            }
        }
        return properties;
    }

    /** The broker properties that are a topic's default, the first one that is set, each with its unit. */
    private static Map<String, Long> brokersNames(List<?> synonyms) throws Exception {
        Map<String, Long> names = new LinkedHashMap<>();
        for (Object synonym : synonyms) {
            String name = (String) synonym.getClass().getMethod("name").invoke(synonym);
            Object convert = synonym.getClass().getMethod("converter").invoke(synonym);
            @SuppressWarnings("unchecked")
            String unit = ((Function<String, String>) convert).apply("1");
            names.put(name, Long.valueOf(unit));
        }
        return names;
    }

    private static ConfigDef throttles() throws Exception {
        try {
            return (ConfigDef) callFirst("brokerConfigDef", "kafka.server.DynamicConfig$Broker$");
        } catch (NoSuchMethodException sinceKafka39) {
            return (ConfigDef) callFirst(
                "brokerQuotaConfigs",
                "org.apache.kafka.server.config.QuotaConfig",
                "org.apache.kafka.server.config.QuotaConfigs");
        }
    }

    private static Map<String, Object> describeAll(ConfigDef definitions) throws Exception {
        Map<String, Object> all = new TreeMap<>();
        for (ConfigDef.ConfigKey key : definitions.configKeys().values()) {
            all.put(key.name, describe(key));
        }
        return all;
    }

    private static Map<String, Object> describe(ConfigDef.ConfigKey key) throws Exception {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("type", key.type.name().toLowerCase());
        if (key.hasDefault() && key.defaultValue != null && key.type != ConfigDef.Type.PASSWORD) {
            described.put("default", ConfigDef.convertToString(key.defaultValue, key.type));
        }
        describeValidator(key.validator, described);
        return described;
    }

    /** What a validator checks, as far as another program can check it. */
    private static void describeValidator(ConfigDef.Validator validator, Map<String, Object> described) throws Exception {
        if (validator instanceof ConfigDef.CompositeValidator) {
            for (Object each : (List<?>) field(validator, "validators")) {
                describeValidator((ConfigDef.Validator) each, described);
            }
        } else if (validator instanceof ConfigDef.Range) {
            putUnlessNull(described, "min", field(validator, "min"));
            putUnlessNull(described, "max", field(validator, "max"));
        } else if (validator instanceof ConfigDef.ValidString) {
            described.put("values", field(validator, "validStrings"));
        } else if (validator instanceof ConfigDef.CaseInsensitiveValidString) {
            described.put("valuesOfAnyCase", new ArrayList<>((Collection<?>) field(validator, "validStrings")));
        } else if (validator instanceof ConfigDef.ValidList) {
            describeList(validator, described);
        } else if (validator instanceof ConfigDef.NonEmptyString) {
            described.put("nonEmpty", true);
        } else if (validator != null) {
            Matcher matcher = RANGE_OR_VALUE.matcher(validator.toString());
            if (matcher.matches()) {
                described.put("min", Long.valueOf(matcher.group(1)));
                described.put("max", Long.valueOf(matcher.group(2)));
                described.put("or", Long.valueOf(matcher.group(3)));
            }
        }
    }

    private static void describeList(ConfigDef.Validator validator, Map<String, Object> described) throws Exception {
        List<?> values = (List<?>) field(field(validator, "validString"), "validStrings");
        if (!values.isEmpty()) {
            described.put("values", values);
        }
        try {
            if (!(Boolean) field(validator, "isEmptyAllowed")) {
                described.put("nonEmpty", true);
            }
            described.put("distinct", true);
        } catch (NoSuchFieldException beforeKafka41) {
            // Such a list may have anything twice, and be empty.
        }
    }

    private static void putUnlessNull(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static Object callFirst(String method, String... classes) throws Exception {
        for (String name : classes) {
            try {
                return call(name, method);
            } catch (ClassNotFoundException | NoSuchMethodException elsewhere) {
                // In another release it is.
            }
        }
        throw new NoSuchMethodException(method);
    }

    /** Calls a method of a class, or of the only object of a class of Scala's. */
    private static Object call(String name, String method) throws Exception {
        Class<?> type = Class.forName(name);
        Object target = name.endsWith("$") ? type.getField("MODULE$").get(null) : null;
        Method found = type.getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(target);
    }

    private static Object field(Object object, String name) throws Exception {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object map) {
        return (Map<String, Object>) map;
    }
}
