package dev.sluice.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in a backup. It is written last, so a folder without it is no backup.
 *
 * @param format of the backup's layout
 * @param createdAt the moment of the copy, as RFC 3339
 * @param databases that were there
 * @param files all files but this one
 */
public record BackupManifest(int format, String createdAt, List<String> databases, List<Entry> files) {

    /** The layout that this version writes and reads. */
    static final int FORMAT = 1;

    static final String FILE_NAME = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUFFER_SIZE = 1 << 16;

    /**
     * A file.
     *
     * @param path within the backup, with slashes
     * @param sizeInBytes its size
     * @param sha256 of its bytes, as hexadecimal digits
     */
    public record Entry(String path, long sizeInBytes, String sha256) {}

    /** The size of all files. */
    public long sizeInBytes() {
        return files.stream().mapToLong(Entry::sizeInBytes).sum();
    }

    static BackupManifest of(Path folder, String createdAt, List<String> databases) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<Entry> files = new ArrayList<>();
        for (Path path : paths) {
            String name = folder.relativize(path).toString().replace('\\', '/');
            files.add(new Entry(name, Files.size(path), sha256(path)));
        }
        return new BackupManifest(FORMAT, createdAt, databases, files);
    }

    void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE_NAME), JSON.writeValueAsBytes(this));
    }

    /**
     * Reads the manifest of a backup and compares all files with it.
     *
     * @throws BackupException when something is missing or is not what was written
     */
    static BackupManifest verified(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            throw new BackupException(folder + " is no backup, or one that was not completed: it has no " + FILE_NAME);
        }
        BackupManifest manifest;
        try {
            manifest = JSON.readValue(Files.readAllBytes(file), BackupManifest.class);
        } catch (JacksonException malformed) {
            throw new BackupException(file + " cannot be read: " + malformed.getOriginalMessage(), malformed);
        }
        if (manifest.format() != FORMAT) {
            throw new BackupException(file + " has format " + manifest.format() + ", this version reads " + FORMAT);
        }
        for (Entry entry : manifest.files()) {
            Path path = folder.resolve(entry.path()).normalize();
            if (!path.startsWith(folder.normalize())
                    || !Files.isRegularFile(path)
                    || Files.size(path) != entry.sizeInBytes()
                    || !sha256(path).equals(entry.sha256())) {
                throw new BackupException(entry.path() + " in " + folder + " is missing or damaged");
            }
        }
        return manifest;
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
