package dev.sluice.http.encoding;

/** How the result of a statement is divided when a client asks for chunks (InfluxDB 1.x, {@code chunked=true}). */
public enum Chunking {
    /** A document for every so many rows and for every series, marked {@code partial} while more follows: SELECT. */
    ROWS,
    /** A document for every series, without marks: SHOW TAG KEYS and SHOW TAG VALUES. */
    SERIES,
    /** One document: most administrative statements. */
    WHOLE
}
