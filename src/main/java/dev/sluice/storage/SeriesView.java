package dev.sluice.storage;

/** What of a store a reader gets to see. */
@FunctionalInterface
public interface SeriesView {

    /** Everything. */
    SeriesView WHOLE = reader -> reader;

    /** The reader itself when the view leaves nothing out; else one to which what is left out is as if it did not exist. */
    SeriesReader of(SeriesReader reader);
}
