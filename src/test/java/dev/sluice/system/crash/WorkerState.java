package dev.sluice.system.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The model: what one worker's database, policies, points and users should be. */
final class WorkerState {

    static final String KEEP = "keep";
    static final String OTHER = "other";

    /** Points of this one are far older than what it is altered to keep. */
    static final String AGING = "aging";

    static final String FOR_EVER = "0s";
    static final String AN_HOUR = "1h0m0s";

    final String database;
    boolean exists;

    /** Policy → duration. */
    final TreeMap<String, String> policies = new TreeMap<>();

    /** Policy → series → time → fields. */
    private final TreeMap<String, TreeMap<String, TreeMap<Long, TreeMap<String, String>>>> points = new TreeMap<>();

    /** User → privilege on the database; empty for none. */
    final TreeMap<String, String> users = new TreeMap<>();

    WorkerState(String database) {
        this.database = database;
    }

    WorkerState copy() {
        WorkerState copy = new WorkerState(database);
        copy.exists = exists;
        copy.policies.putAll(policies);
        copy.users.putAll(users);
        points.forEach((policy, all) -> all.forEach((series, rows) -> rows.forEach(
                (time, fields) -> fields.forEach((field, value) -> copy.put(policy, series, time, field, value)))));
        return copy;
    }

    void createDatabase() {
        exists = true;
        policies.put(KEEP, FOR_EVER);
    }

    void dropDatabase() {
        exists = false;
        policies.clear();
        points.clear();
        users.replaceAll((user, privilege) -> "");
    }

    void dropPolicy(String policy) {
        policies.remove(policy);
        points.remove(policy);
    }

    void put(String policy, String series, long time, String field, String value) {
        points.computeIfAbsent(policy, fresh -> new TreeMap<>())
                .computeIfAbsent(series, fresh -> new TreeMap<>())
                .computeIfAbsent(time, fresh -> new TreeMap<>())
                .put(field, value);
    }

    /** Takes the points away that a condition on series and time holds for, in every policy. */
    void removeIf(BiPredicate<String, Long> condition) {
        points.values().forEach(all -> {
            all.forEach((series, rows) -> rows.keySet().removeIf(time -> condition.test(series, time)));
            all.values().removeIf(Map::isEmpty);
        });
    }

    /** Whether the policy has points that are past its duration by now. */
    boolean hasExpired() {
        return AN_HOUR.equals(policies.get(AGING)) && points.containsKey(AGING);
    }

    void expireIfDue() {
        if (hasExpired()) {
            points.remove(AGING);
        }
    }

    /** A series that has points, or null. */
    @Nullable
    String anySeries(int choice) {
        TreeMap<String, TreeMap<Long, TreeMap<String, String>>> kept = points.get(KEEP);
        return kept == null || kept.isEmpty()
                ? null
                : kept.keySet().stream()
                        .skip(Math.floorMod(choice, kept.size()))
                        .findFirst()
                        .orElse(null);
    }

    TreeSet<String> facts() {
        TreeSet<String> facts = new TreeSet<>();
        users.forEach((user, privilege) -> {
            facts.add("user " + user + " false");
            if (!privilege.isEmpty()) {
                facts.add("grant " + user + " " + database + " " + privilege);
            }
        });
        if (exists) {
            facts.add("database " + database);
        }
        policies.forEach((policy, duration) -> facts.add("policy " + policy + " " + duration));
        points.forEach((policy, all) -> all.forEach((series, rows) -> {
            facts.add("series " + series);
            rows.forEach((time, fields) -> {
                StringBuilder fact = new StringBuilder("point " + policy + " " + series + " " + time);
                fields.forEach((field, value) ->
                        fact.append(' ').append(field).append('=').append(value));
                facts.add(fact.toString());
            });
        }));
        return facts;
    }
}
