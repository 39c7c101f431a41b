package dev.sluice.differential;

import java.util.List;
import java.util.Set;

/** Draws items. A seed and a number always give the same one. */
final class ItemSource {

    private final long seed;
    private final List<Kind> kinds;

    ItemSource(long seed, Set<Kind> kinds) {
        this.seed = seed;
        this.kinds = List.copyOf(kinds.stream().sorted().toList());
    }

    Item item(long number) {
        Choice choice = new Choice(seed * 1_000_003L + number);
        Kind kind = choice.of(kinds);
        return switch (kind) {
            case CATALOG -> new CatalogScenarios(choice).draw();
            case CHANGE -> new ChangeScenarios(choice).draw();
            case BROKEN -> Item.of(kind, broken(choice));
            default -> Item.of(kind, formatted(choice, Request.query(Dataset.DATABASE, question(choice, kind))));
        };
    }

    private static String question(Choice choice, Kind kind) {
        return switch (kind) {
            case SHOW -> new ShowStatements(choice).show();
            case CARDINALITY -> new ShowStatements(choice).cardinality();
            case RAW -> new SelectStatements(choice).raw();
            case AGGREGATE -> new SelectStatements(choice).aggregate();
            case TRANSFORMATION -> new SelectStatements(choice).transformation();
            case SUBQUERY -> new SelectStatements(choice).nested();
            default -> throw new IllegalArgumentException(kind + " is not a question");
        };
    }

    private static Request broken(Choice choice) {
        boolean question = choice.chance(65);
        String whole = question
                ? question(choice, choice.of(Kind.SHOW, Kind.CARDINALITY, Kind.RAW, Kind.AGGREGATE, Kind.SUBQUERY))
                : choice.chance(75)
                        ? new CatalogScenarios(choice).statement()
                        : new ChangeScenarios(choice).statement();
        String damaged = new BrokenStatements(choice).damage(whole);
        if (!Windows.areBounded(damaged)) {
            damaged = whole;
        }
        // What changes something must not reach the data that questions are asked of.
        String database =
                question && damaged.stripLeading().matches("(?is)(SELECT|SHOW).*") ? Dataset.DATABASE : "broken";
        return Request.query(database, damaged);
    }

    /** The same question in another form of answer. */
    private static Request formatted(Choice choice, Request request) {
        return switch (choice.below(24)) {
            case 0 -> request.without("epoch");
            case 1 -> request.with("epoch", choice.of("u", "µ", "ms", "s", "m", "h", "n", "d", ""));
            case 2 -> request.with("chunked", "true").with("chunk_size", choice.of("1", "2", "5", "100", "0", "x"));
            case 3 -> request.with("chunked", "true");
            case 4 -> request.accepting(choice.of("application/csv", "text/csv"));
            case 5 ->
                request.accepting("application/csv").with("chunked", "true").with("chunk_size", "2");
            case 6 -> request.with("pretty", "true");
            case 7 -> request.by("GET");
            case 8 -> request.with("rp", choice.of("autogen", Dataset.OTHER_POLICY, "norp"));
            case 9 -> request.with("db", choice.of("", "nodb"));
            case 10 -> request.accepting("application/x-msgpack");
            default -> request;
        };
    }
}
