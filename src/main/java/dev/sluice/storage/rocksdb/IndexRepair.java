package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.ByteReader;
import dev.sluice.storage.codec.ByteWriter;
import dev.sluice.storage.codec.CorruptBlockException;
import dev.sluice.storage.index.CanonicalKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;

/**
 * Makes names of series, schemas and memberships agree with the points again after what could not be read of them was left
 * out.
 *
 * <ul>
 *   <li>Memberships follow from the points: a series is in a shard when it has a block or a row of the log there. They are
 *       made anew, and nothing is lost.
 *   <li>Blocks of a series whose name is lost are set aside in a file. Its number is kept from being given out again, by an
 *       entry without a name: what refers to it must not become another series'.
 *   <li>A field whose name is lost keeps its number and its type, by an entry whose name is none that a field can have.
 * </ul>
 *
 * A mark says that this is to be done. It is written before anything is left out, and goes when all is done; whatever is
 * interrupted is begun again by the next start.
 */
final class IndexRepair {

    /** No field's name begins with it, as it is in no text of UTF-8. */
    static final byte LOST_FIELD = (byte) 0xFF;

    private static final byte[] MARK = {'r'};
    private static final byte[] NAMELESS = new byte[0];
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final RocksFiles files;
    private final Path aside;
    private final Consumer<String> found;

    private final Map<Long, Long> databases = new HashMap<>();
    private final Map<Long, RoaringBitmap> withPoints = new TreeMap<>();

    /** The fields of which there are values, by where they are. */
    private final Map<Fields, Map<Integer, FieldType>> stored = new HashMap<>();

    /** Where fields have numbers of their own. */
    private record Fields(long shard, String measurement) {}

    private record Series(long database, int number) {}

    private final Map<Series, @Nullable String> measurements = new HashMap<>();
    private final Map<String, String> distinctMeasurements = new HashMap<>();

    /**
     * @param aside directory for what cannot be served any more
     * @param found takes what was lost, for operators
     */
    IndexRepair(RocksFiles files, Path aside, Consumer<String> found) {
        this.files = files;
        this.aside = aside;
        this.found = found;
    }

    /** Has the repair made by whoever opens the files next. */
    static void request(RocksFiles files) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(files.meta(), MARK, new byte[0]);
            files.writeSynced(batch);
        }
    }

    static boolean isRequested(RocksFiles files) throws RocksDBException {
        return files.db().get(files.meta(), MARK) != null;
    }

    void run() throws RocksDBException {
        findDatabases();
        findPoints();
        try (Changes changes = new Changes()) {
            setNamelessAside(changes);
            restoreMembers(changes);
            keepFieldNumbers(changes);
            changes.end();
        }
    }

    // ------------------------------------------------------------------ what is there

    private void findDatabases() throws RocksDBException {
        for (var family : List.of(files.schema(), files.shards())) {
            try (RocksIterator rows = files.db().newIterator(family)) {
                rows.seekToFirst();
                while (rows.isValid()) {
                    ByteReader key = new ByteReader(rows.key(), 0);
                    long database = key.readLong();
                    long shard = key.readLong();
                    databases.putIfAbsent(shard, database);
                    rows.seek(Keys.after(Keys.shard(database, shard)));
                }
                rows.status();
            }
        }
        try (RocksIterator log = files.db().newIterator(files.log())) {
            for (log.seekToFirst(); log.isValid(); log.next()) {
                LogEntry.read(log.value(), new LoggedPoints());
            }
            log.status();
        }
    }

    private void findPoints() throws RocksDBException {
        try (RocksIterator blocks = files.db().newIterator(files.blocks())) {
            for (blocks.seekToFirst(); blocks.isValid(); blocks.next()) {
                byte[] key = blocks.key();
                long shard = Keys.blockShard(key);
                int series = Keys.blockSeries(key);
                addPoints(shard, series);
                noteFields(shard, series, blocks.value());
            }
            blocks.status();
        }
    }

    private void addPoints(long shard, int series) {
        withPoints.computeIfAbsent(shard, fresh -> new RoaringBitmap()).add(series);
    }

    private void noteFields(long shard, int series, byte[] bytes) throws RocksDBException {
        String measurement = measurement(shard, series);
        if (measurement == null) {
            return;
        }
        try {
            Block block = Block.open(bytes);
            for (int column = 0; column < block.columnCount(); column++) {
                noteField(shard, measurement, block.field(column), block.type(column));
            }
        } catch (CorruptBlockException unreadable) {
            // Whoever reads it is told. Its fields are those of its neighbours.
        }
    }

    private void noteField(long shard, String measurement, int field, FieldType type) {
        stored.computeIfAbsent(new Fields(shard, measurement), fresh -> new HashMap<>())
                .put(field, type);
    }

    /** The measurement of a series as the keys of schemas have it; null when its name is lost. */
    private @Nullable String measurement(long shard, int series) throws RocksDBException {
        Long database = databases.get(shard);
        if (database == null) {
            return null;
        }
        Series known = new Series(database, series);
        if (measurements.containsKey(known)) {
            return measurements.get(known);
        }
        byte[] name = files.db().get(files.series(), Keys.series(database, series));
        String measurement = name == null || name.length == 0
                ? null
                : distinctMeasurements.computeIfAbsent(
                        CanonicalKeys.parse(new String(name, StandardCharsets.UTF_8))
                                .measurement(),
                        fresh -> fresh);
        measurements.put(known, measurement);
        return measurement;
    }

    /** What the log has in memory's place. */
    private final class LoggedPoints implements LogEntry.Visitor {

        private long database;

        @Override
        public void database(long id) {
            database = id;
        }

        @Override
        public void point(
                long shard, int series, long timestampNanos, FieldLayout layout, long[] values, byte[] arena) {
            databases.putIfAbsent(shard, database);
            addPoints(shard, series);
            try {
                String measurement = measurement(shard, series);
                for (int column = 0; measurement != null && column < layout.size(); column++) {
                    noteField(shard, measurement, layout.id(column), FieldType.ofCode(layout.typeCode(column)));
                }
            } catch (RocksDBException e) {
                throw new UnreadableException(e);
            }
        }
    }

    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(RocksDBException cause) {
            super(cause.getMessage(), cause);
        }
    }

    // ------------------------------------------------------------------ what becomes of it

    private void setNamelessAside(Changes changes) throws RocksDBException {
        Map<Long, TreeSet<Integer>> lost = new TreeMap<>();
        try (SideFile side = new SideFile()) {
            for (Map.Entry<Long, RoaringBitmap> shard : withPoints.entrySet()) {
                Long database = databases.get(shard.getKey());
                RoaringBitmap nameless = new RoaringBitmap();
                for (int series : shard.getValue()) {
                    if (measurement(shard.getKey(), series) == null) {
                        nameless.add(series);
                        side.add(shard.getKey(), series);
                        lost.computeIfAbsent(database == null ? 0L : database, fresh -> new TreeSet<>())
                                .add(series);
                    }
                }
                // Also rows of the log are passed over, as their series have no names.
                shard.getValue().andNot(nameless);
            }
        } catch (IOException e) {
            throw new RocksDBException("cannot set blocks aside in " + aside + ": " + e.getMessage());
        }
        // The side file is complete; only now blocks may go.
        for (Map.Entry<Long, TreeSet<Integer>> each : lost.entrySet()) {
            for (int series : each.getValue()) {
                for (long shard : withPoints.keySet()) {
                    if (databases.getOrDefault(shard, 0L).equals(each.getKey())) {
                        byte[] blocks = Keys.blockPrefix(shard, series);
                        changes.batch.deleteRange(files.blocks(), blocks, Keys.after(blocks));
                    }
                }
                changes.batch.put(files.series(), Keys.series(each.getKey(), series), NAMELESS);
                changes.writeIfLarge();
            }
            found.accept("the names of " + each.getValue().size() + " series of database " + each.getKey()
                    + " are lost (numbers " + each.getValue().first() + " to "
                    + each.getValue().last() + "); their points are kept in " + aside);
        }
    }

    private void restoreMembers(Changes changes) throws RocksDBException {
        try (RocksIterator members = files.db().newIterator(files.shards())) {
            for (members.seekToFirst(); members.isValid(); members.next()) {
                byte[] key = members.key();
                RoaringBitmap points = withPoints.get(Keys.memberShard(key));
                if (points == null || !points.checkedRemove(Keys.memberSeries(key))) {
                    changes.batch.delete(files.shards(), key);
                    changes.writeIfLarge();
                }
            }
            members.status();
        }
        long restored = 0;
        for (Map.Entry<Long, RoaringBitmap> shard : withPoints.entrySet()) {
            for (int series : shard.getValue()) {
                changes.batch.put(
                        files.shards(),
                        Keys.shardMember(databases.get(shard.getKey()), shard.getKey(), series),
                        new byte[0]);
                changes.writeIfLarge();
                restored++;
            }
        }
        if (restored > 0) {
            found.accept(restored + " memberships of series in shards were made anew from their points");
        }
    }

    private void keepFieldNumbers(Changes changes) throws RocksDBException {
        for (Map.Entry<Fields, Map<Integer, FieldType>> each : stored.entrySet()) {
            long shard = each.getKey().shard();
            String measurement = each.getKey().measurement();
            byte[] prefix = Keys.schemaPrefix(databases.get(shard), shard, measurement);
            Map<Integer, FieldType> lost = new TreeMap<>(each.getValue());
            try (RocksIterator fields = files.db().newIterator(files.schema())) {
                for (fields.seek(prefix);
                        fields.isValid() && BlockRewriter.startsWith(fields.key(), prefix);
                        fields.next()) {
                    lost.remove((int) new ByteReader(fields.value(), 0).readVarint());
                }
                fields.status();
            }
            for (Map.Entry<Integer, FieldType> field : lost.entrySet()) {
                ByteWriter key = new ByteWriter(prefix.length + 6);
                key.writeBytes(prefix, 0, prefix.length);
                key.writeByte(LOST_FIELD);
                key.writeVarint(field.getKey());
                ByteWriter value = new ByteWriter(8);
                value.writeVarint(field.getKey());
                value.writeByte(field.getValue().code());
                changes.batch.put(files.schema(), key.toByteArray(), value.toByteArray());
                changes.writeIfLarge();
            }
            if (!lost.isEmpty()) {
                found.accept("the names of " + lost.size() + " fields of measurement " + measurement + " in shard "
                        + shard + " are lost; their values are kept in its blocks and cannot be read");
            }
        }
    }

    /** Writes, the last of which takes the mark away. */
    private final class Changes implements AutoCloseable {

        private final WriteBatch batch = new WriteBatch();

        void writeIfLarge() throws RocksDBException {
            if (batch.getDataSize() > MAX_BATCH_BYTES) {
                files.writeUnsynced(batch);
                batch.clear();
            }
        }

        void end() throws RocksDBException {
            batch.delete(files.meta(), MARK);
            files.writeSynced(batch);
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /** A file of blocks, made when there is one to be put into it. Blocks come in the order of their keys. */
    private final class SideFile implements AutoCloseable {

        private final Options options = new Options();
        private final EnvOptions environment = new EnvOptions();
        private final List<SstFileWriter> writer = new ArrayList<>(1);

        void add(long shard, int series) throws RocksDBException, IOException {
            byte[] prefix = Keys.blockPrefix(shard, series);
            try (RocksIterator blocks = files.db().newIterator(files.blocks())) {
                for (blocks.seek(prefix);
                        blocks.isValid() && BlockRewriter.startsWith(blocks.key(), prefix);
                        blocks.next()) {
                    if (writer.isEmpty()) {
                        Files.createDirectories(aside);
                        writer.add(new SstFileWriter(environment, options));
                        writer.get(0).open(unusedName().toString());
                    }
                    writer.get(0).put(blocks.key(), blocks.value());
                }
                blocks.status();
            }
        }

        private Path unusedName() {
            int number = 1;
            while (Files.exists(aside.resolve("blocks-without-names-" + number + ".sst"))) {
                number++;
            }
            return aside.resolve("blocks-without-names-" + number + ".sst");
        }

        @Override
        public void close() throws RocksDBException {
            try {
                for (SstFileWriter each : writer) {
                    each.finish();
                    each.close();
                }
            } finally {
                environment.close();
                options.close();
            }
        }
    }
}
