package dev.sluice.storage;

import java.nio.file.Path;

/** A store whose files can be copied while it is in use. Thread-safe. */
public interface StoreCheckpoint {

    /**
     * Puts the files of the store, as they are together at one moment during this call, into a new folder. Whatever was
     * acknowledged before the call is in them. Where the folder is on the same file system, files that do not change any more are
     * linked, not copied.
     *
     * @param folder does not exist, but the folder that it is to be in does
     * @throws StorageException when that failed; the folder may be there in part
     */
    void checkpoint(Path folder);
}
