package dev.sluice.server;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The variables of the environment that mean something: those of the settings, and those of the first start. Immutable. */
final class KnownVariables {

    /** What all of them begin with. */
    static final String PREFIX = "INFLUXDB_";

    /**
     * What Kubernetes and Docker's links set in every container beside a service that is called {@code influxdb}: nobody
     * wrote them.
     */
    private static final Pattern OF_SERVICES =
            Pattern.compile("INFLUXDB_(SERVICE_(HOST|PORT(_\\w+)?)|NAME|PORT(_\\d+_(TCP|UDP)(_(ADDR|PORT|PROTO))?)?)");

    private final Set<String> names = new TreeSet<>();

    /** The same without dashes, which Spring takes as well and nobody is told of. */
    private final Set<String> undashedNames = new TreeSet<>();

    /** Names that stand for themselves and for any number of longer ones: lists and maps. */
    private final Set<String> open = new TreeSet<>();

    private KnownVariables() {}

    /** Those of this service. */
    static KnownVariables ofThisService() {
        KnownVariables known = new KnownVariables();
        known.add(InfluxProperties.class, PREFIX, PREFIX);
        known.names.addAll(FirstStart.variables());
        return known;
    }

    /** Adds the settings of a record; both ways in which Spring reads a dash in a setting's name. */
    private void add(Class<?> settings, String prefix, String undashedPrefix) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String camelCase = component.getName();
            String name = prefix + camelCase.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            String undashed = undashedPrefix + camelCase.toUpperCase(Locale.ROOT);
            Class<?> type = component.getType();
            if (isSection(type)) {
                add(type, name + "_", undashed + "_");
                continue;
            }
            names.add(name);
            undashedNames.add(undashed);
            if (Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type)) {
                open.add(name + "_");
                open.add(undashed + "_");
            }
        }
    }

    /** Values are records as well, but only sections are declared in a class of properties or are one. */
    private static boolean isSection(Class<?> type) {
        Class<?> outer = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
        return type.isRecord() && outer.getSimpleName().endsWith("Properties");
    }

    /** Whether a variable is none of this service's business, or is one that it reads. */
    boolean isKnown(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return !name.startsWith(PREFIX)
                || names.contains(name)
                || undashedNames.contains(name)
                || open.stream().anyMatch(name::startsWith)
                || OF_SERVICES.matcher(name).matches();
    }

    /** The known variable that a name is most like; empty when it is not much like any. */
    Optional<String> closest(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .filter(known -> distance(name, known) <= (name.length() - PREFIX.length()) / 3);
    }

    /** How many characters have to be put in, left out or exchanged (Levenshtein). */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(exchanged, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
