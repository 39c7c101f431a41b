package dev.sluice.system.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Draws what a worker does next. */
final class Operations {

    private static final long SECOND = 1_000_000_000L;
    private static final int SERIES = 800;
    private static final int HOURS = 5;
    private static final int SLOTS = 40;
    private static final int POINTS = 60;

    private final Random random;
    private long nextValue;

    Operations(Random random) {
        this.random = random;
    }

    Operation next(WorkerState state) {
        String database = state.database;
        if (!state.exists) {
            return Operation.statement(
                    database,
                    "CREATE DATABASE " + database + " WITH DURATION INF SHARD DURATION 1h NAME keep",
                    WorkerState::createDatabase);
        }
        int dice = random.nextInt(100);
        if (dice < 78) {
            return write(state);
        }
        if (dice < 88) {
            return delete(state);
        }
        if (dice < 89) {
            return Operation.statement(
                    database,
                    "DROP MEASUREMENT m0",
                    after -> after.removeIf((series, time) -> series.startsWith("m0,")));
        }
        if (dice < 92) {
            return otherPolicy(state);
        }
        if (dice < 95) {
            return agingPolicy(state);
        }
        if (dice < 96) {
            return Operation.statement(database, "DROP DATABASE " + database, WorkerState::dropDatabase);
        }
        return user(state);
    }

    private long time() {
        return (random.nextInt(HOURS) * 3600L + random.nextInt(SLOTS)) * SECOND;
    }

    private Operation write(WorkerState state) {
        List<String> policies = new ArrayList<>(state.policies.keySet());
        policies.removeIf(policy -> state.policies.get(policy).equals(WorkerState.AN_HOUR));
        String policy = random.nextInt(3) > 0 ? WorkerState.KEEP : policies.get(random.nextInt(policies.size()));
        StringBuilder lines = new StringBuilder();
        List<Consumer<WorkerState>> effects = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            String series = "m" + random.nextInt(2) + ",s=" + random.nextInt(SERIES);
            long time = time();
            String value = String.valueOf(++nextValue);
            boolean text = random.nextInt(3) == 0;
            lines.append(series).append(text ? " x=\"t" + value + "\"" : " v=" + value + "i");
            lines.append(' ').append(time).append('\n');
            effects.add(after -> after.put(policy, series, time, text ? "x" : "v", text ? "t" + value : value));
        }
        return new Operation(
                "/write?db=" + state.database + "&rp=" + policy,
                lines.toString(),
                after -> effects.forEach(effect -> effect.accept(after)));
    }

    private Operation delete(WorkerState state) {
        String series = state.anySeries(random.nextInt());
        if (series == null) {
            return write(state);
        }
        String measurement = series.substring(0, series.indexOf(','));
        String tag = series.substring(series.indexOf('=') + 1);
        int kind = random.nextInt(3);
        if (kind == 0) {
            return Operation.statement(
                    state.database,
                    "DROP SERIES FROM " + measurement + " WHERE s = '" + tag + "'",
                    after -> after.removeIf((each, time) -> each.equals(series)));
        }
        if (kind == 1) {
            long from = time();
            LongPredicate gone = time -> time >= from && time < from + 1800 * SECOND;
            return Operation.statement(
                    state.database,
                    "DELETE FROM " + measurement + " WHERE time >= " + from + " AND time < " + (from + 1800 * SECOND),
                    after -> after.removeIf((each, time) -> each.startsWith(measurement + ",") && gone.test(time)));
        }
        return Operation.statement(
                state.database,
                "DELETE FROM " + measurement + " WHERE s = '" + tag + "' AND time > " + 3600 * SECOND,
                after -> after.removeIf((each, time) -> each.equals(series) && time > 3600 * SECOND));
    }

    private Operation otherPolicy(WorkerState state) {
        return state.policies.containsKey(WorkerState.OTHER)
                ? dropPolicy(state, WorkerState.OTHER)
                : createPolicy(state, WorkerState.OTHER);
    }

    private Operation agingPolicy(WorkerState state) {
        String duration = state.policies.get(WorkerState.AGING);
        if (duration == null) {
            return createPolicy(state, WorkerState.AGING);
        }
        if (duration.equals(WorkerState.AN_HOUR)) {
            return dropPolicy(state, WorkerState.AGING);
        }
        return Operation.statement(
                state.database,
                "ALTER RETENTION POLICY " + WorkerState.AGING + " ON " + state.database + " DURATION 1h",
                after -> after.policies.put(WorkerState.AGING, WorkerState.AN_HOUR));
    }

    private static Operation createPolicy(WorkerState state, String policy) {
        return Operation.statement(
                state.database,
                "CREATE RETENTION POLICY " + policy + " ON " + state.database
                        + " DURATION INF REPLICATION 1 SHARD DURATION 1h",
                after -> after.policies.put(policy, WorkerState.FOR_EVER));
    }

    private static Operation dropPolicy(WorkerState state, String policy) {
        return Operation.statement(
                state.database,
                "DROP RETENTION POLICY " + policy + " ON " + state.database,
                after -> after.dropPolicy(policy));
    }

    private Operation user(WorkerState state) {
        String user = state.database + "_" + random.nextInt(5);
        String privilege = state.users.get(user);
        if (privilege == null) {
            return Operation.statement(
                    state.database, "CREATE USER " + user + " WITH PASSWORD 'p'", after -> after.users.put(user, ""));
        }
        if (random.nextInt(3) == 0) {
            return Operation.statement(state.database, "DROP USER " + user, after -> after.users.remove(user));
        }
        if (privilege.isEmpty()) {
            String granted = random.nextBoolean() ? "READ" : "WRITE";
            return Operation.statement(
                    state.database,
                    "GRANT " + granted + " ON " + state.database + " TO " + user,
                    after -> after.users.put(user, granted));
        }
        return Operation.statement(
                state.database,
                "REVOKE ALL ON " + state.database + " FROM " + user,
                after -> after.users.put(user, ""));
    }
}
