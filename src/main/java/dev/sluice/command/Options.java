package dev.sluice.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options of a command, as {@code -name value}, {@code --name value} or {@code --name=value}; those that are switches take no value. So
 * InfluxDB's own spellings ({@code -database db -compress}) work too.
 */
final class Options {

    private final Map<String, String> values = new HashMap<>();

    private Options() {}

    /**
     * Reads options.
     *
     * @param names those that take a value
     * @param switches those that do not
     * @throws UsageException for any other, or one without its value
     */
    static Options read(List<String> arguments, Set<String> names, Set<String> switches) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.replaceFirst("^--?", "");
            if (name.equals(argument)) {
                throw new UsageException("unexpected argument: " + argument);
            }
            int equals = name.indexOf('=');
            String value = equals < 0 ? null : name.substring(equals + 1);
            name = equals < 0 ? name : name.substring(0, equals);
            if (switches.contains(name)) {
                options.values.put(name, value == null ? "true" : value);
            } else if (names.contains(name)) {
                if (value == null && i + 1 == arguments.size()) {
                    throw new UsageException("option " + argument + " needs a value");
                }
                options.values.put(name, value == null ? arguments.get(++i) : value);
            } else {
                throw new UsageException("unknown option: " + argument);
            }
        }
        return options;
    }

    /** The value of an option, or the given one where it is not set. */
    String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean isSet(String name) {
        return Boolean.parseBoolean(values.getOrDefault(name, "false"));
    }
}
