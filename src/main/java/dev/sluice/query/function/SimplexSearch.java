package dev.sluice.query.function;

import java.util.function.ToDoubleFunction;

/** The downhill simplex search of Nelder and Mead for the minimum of a function of several variables. */
final class SimplexSearch {

    private static final int MOST_ITERATIONS = 1000;
    private static final double TOLERANCE = 1e-4;
    private static final double REFLECTION = 1.0;
    private static final double CONTRACTION = 0.5;
    private static final double EXPANSION = 2.0;

    private final ToDoubleFunction<double[]> function;
    private final int dimensions;
    private final double[][] vertices;
    private final double[] results;
    private int least;
    private int greatest;
    private int secondGreatest;

    /** Where the minimum is, and what it is. */
    record Minimum(double[] point, double value) {}

    private SimplexSearch(ToDoubleFunction<double[]> function, double[] start) {
        this.function = function;
        this.dimensions = start.length;
        this.vertices = new double[dimensions + 1][];
        this.results = new double[dimensions + 1];
        double near = (Math.sqrt(dimensions + 1) - 1) / (dimensions * Math.sqrt(2));
        double far = (Math.sqrt(dimensions + 1) - 1 + dimensions) / (dimensions * Math.sqrt(2));
        vertices[0] = start.clone();
        for (int vertex = 1; vertex <= dimensions; vertex++) {
            vertices[vertex] = new double[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vertices[vertex][i] = start[i] + (i == vertex - 1 ? far : near);
            }
        }
    }

    /**
     * Searches from a point.
     *
     * @param function may change the point it is given; the search goes on with the changed one
     */
    static Minimum minimum(ToDoubleFunction<double[]> function, double[] start) {
        return new SimplexSearch(function, start).search();
    }

    private Minimum search() {
        for (int vertex = 0; vertex <= dimensions; vertex++) {
            results[vertex] = function.applyAsDouble(vertices[vertex]);
        }
        for (int iteration = 1; iteration <= MOST_ITERATIONS; iteration++) {
            rank();
            step();
            if (spread() < TOLERANCE) {
                break;
            }
        }
        int best = 0;
        for (int vertex = 1; vertex <= dimensions; vertex++) {
            best = results[vertex] < results[best] ? vertex : best;
        }
        double[] point = vertices[best].clone();
        return new Minimum(point, function.applyAsDouble(vertices[best]));
    }

    private void rank() {
        greatest = 0;
        least = 0;
        for (int vertex = 0; vertex <= dimensions; vertex++) {
            greatest = results[vertex] > results[greatest] ? vertex : greatest;
            least = results[vertex] < results[least] ? vertex : least;
        }
        secondGreatest = least;
        for (int vertex = 0; vertex <= dimensions; vertex++) {
            if (results[vertex] > results[secondGreatest] && results[vertex] < results[greatest]) {
                secondGreatest = vertex;
            }
        }
    }

    private void step() {
        double[] middle = middleOfOthers();
        double[] reflected = along(middle, vertices[greatest], -REFLECTION);
        double result = function.applyAsDouble(reflected);
        if (result < results[secondGreatest] && result >= results[least]) {
            replaceGreatest(reflected, result);
        }
        if (result < results[least]) {
            double[] expanded = along(middle, reflected, EXPANSION);
            double further = function.applyAsDouble(expanded);
            if (further < result) {
                replaceGreatest(expanded, further);
            } else {
                replaceGreatest(reflected, result);
            }
        } else if (result >= results[secondGreatest]) {
            contract(middle, reflected, result);
        }
    }

    private void contract(double[] middle, double[] reflected, double result) {
        boolean outside = result < results[greatest] && result >= results[secondGreatest];
        double[] contracted =
                outside ? along(middle, reflected, CONTRACTION) : along(middle, vertices[greatest], CONTRACTION);
        double contractedResult = function.applyAsDouble(contracted);
        if (contractedResult < results[greatest]) {
            replaceGreatest(contracted, contractedResult);
            return;
        }
        for (int vertex = 0; vertex <= dimensions; vertex++) {
            if (vertex != least) {
                for (int i = 0; i < dimensions; i++) {
                    vertices[vertex][i] = vertices[least][i] + (vertices[vertex][i] - vertices[least][i]) / 2.0;
                }
            }
        }
        results[greatest] = function.applyAsDouble(vertices[greatest]);
        results[secondGreatest] = function.applyAsDouble(vertices[secondGreatest]);
    }

    private double[] middleOfOthers() {
        double[] middle = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            double sum = 0;
            for (int vertex = 0; vertex <= dimensions; vertex++) {
                sum += vertex == greatest ? 0 : vertices[vertex][i];
            }
            middle[i] = sum / dimensions;
        }
        return middle;
    }

    /** A point on the line from the middle towards another point, so many times its distance away. */
    private double[] along(double[] middle, double[] towards, double times) {
        double[] point = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            point[i] = middle[i] + times * (towards[i] - middle[i]);
        }
        return point;
    }

    private void replaceGreatest(double[] point, double result) {
        System.arraycopy(point, 0, vertices[greatest], 0, dimensions);
        results[greatest] = result;
    }

    private double spread() {
        double sum = 0;
        for (double result : results) {
            sum += result;
        }
        double mean = sum / (dimensions + 1);
        double squares = 0;
        for (double result : results) {
            squares += (result - mean) * (result - mean) / dimensions;
        }
        return Math.sqrt(squares);
    }
}
