package dev.sluice.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What a backup does with folders. */
final class Folders {

    private Folders() {}

    /** Removes a folder with all that is in it; one that is not there is fine. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Removes what is in a folder, which is made when it is not there; it may be a mount point. */
    static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> contents;
        try (Stream<Path> list = Files.list(folder)) {
            contents = list.toList();
        }
        for (Path path : contents) {
            delete(path);
        }
    }

    /** Whether nothing is in a folder, or it does not exist. */
    static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.findAny().isEmpty();
        }
    }

    /** Makes all files of a folder durable, and the folder itself. */
    static void force(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            // A folder can be opened for reading only.
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Writes all files of a folder as a ZIP archive, without compressing what is compressed already. */
    static void zip(Path folder, OutputStream out) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).sorted().toList();
        }
        ZipOutputStream archive = new ZipOutputStream(out);
        archive.setLevel(Deflater.NO_COMPRESSION);
        for (Path path : paths) {
            archive.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
            Files.copy(path, archive);
            archive.closeEntry();
        }
        archive.finish();
        archive.flush();
    }

    /**
     * Unpacks an archive into a new folder.
     *
     * @throws BackupException when a file of it would lie elsewhere
     */
    static void unzip(InputStream in, Path folder) throws IOException {
        Files.createDirectories(folder);
        ZipInputStream archive = new ZipInputStream(in);
        for (ZipEntry entry; (entry = archive.getNextEntry()) != null; ) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder.normalize()) || entry.isDirectory()) {
                throw new BackupException("the archive has an entry that no backup has: " + entry.getName());
            }
            Files.createDirectories(target.getParent());
            Files.copy(archive, target);
        }
    }
}
