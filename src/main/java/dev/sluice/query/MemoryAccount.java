package dev.sluice.query;

import org.jspecify.annotations.Nullable;

/**
 * How much heap queries hold, so that one that wants too much ends with an error of its own and not with the service's
 * memory. What is noted are estimates by those who keep rows or states of many series; what passes by is not counted.
 * Accounts stand in each other: that of the service holds those of queries, which hold those of their parts. Closing one
 * gives back all it holds. Thread-safe.
 */
public final class MemoryAccount implements AutoCloseable {

    /** Holds anything. */
    public static final MemoryAccount UNLIMITED = ofService(0);

    /** What every query has for itself, so that small ones go on when large ones hold all the rest. */
    private static final long SMALL_QUERY = 1 << 20;

    private final String setting;
    private final long limit;
    private final long free;
    private final @Nullable MemoryAccount holder;
    private long reserved;
    private long reservedOfHolder;

    private MemoryAccount(String setting, long limit, long free, @Nullable MemoryAccount holder) {
        this.setting = setting;
        this.limit = limit;
        this.free = free;
        this.holder = holder;
    }

    /**
     * The account of all queries.
     *
     * @param limit bytes; 0 for none
     */
    public static MemoryAccount ofService(long limit) {
        return new MemoryAccount("max-total-query-memory", limit, 0, null);
    }

    /**
     * An account of a query within that of the service; the caller closes it. Its first MiB does not count there.
     *
     * @param queryLimit bytes; 0 for no other limit than that of the service
     */
    public MemoryAccount openQuery(long queryLimit) {
        return new MemoryAccount("max-query-memory", queryLimit, SMALL_QUERY, this);
    }

    /** An account of a part of a query, which ends before the query does; the caller closes it. */
    public MemoryAccount openPart() {
        return new MemoryAccount("", 0, 0, this);
    }

    /** Bytes that are reserved now. */
    public synchronized long reservedBytes() {
        return reserved;
    }

    /** What may still be reserved as things are; {@link Long#MAX_VALUE} when there is no limit. */
    public synchronized long availableBytes() {
        long own = limit == 0 ? Long.MAX_VALUE : Math.max(0, limit - reserved);
        if (holder == null) {
            return own;
        }
        long held = holder.availableBytes();
        long unused = Math.max(0, free - reserved);
        return Math.min(own, held > Long.MAX_VALUE - unused ? Long.MAX_VALUE : held + unused);
    }

    /**
     * Reserves memory; to be called before it is taken, or after a batch of it was.
     *
     * @param bytes negative to give back
     * @throws QueryException when that is more than there may be; then nothing is reserved
     */
    public synchronized void reserve(long bytes) {
        long sum = reserved + bytes;
        if (bytes > 0 && limit > 0 && sum > limit) {
            throw new QueryException(setting + " limit exceeded: (" + sum + "/" + limit + ")");
        }
        if (holder != null) {
            long ofHolder = Math.max(0, sum - free);
            holder.reserve(ofHolder - reservedOfHolder);
            reservedOfHolder = ofHolder;
        }
        reserved = sum;
    }

    /** A buffer of one thread. */
    public Buffer buffer() {
        return new Buffer(this);
    }

    @Override
    public synchronized void close() {
        reserve(-reserved);
    }

    /**
     * Something that grows and shrinks: reserves in steps, so that noting a batch costs next to nothing. Belongs to one thread
     * at a time.
     */
    public static final class Buffer implements AutoCloseable {

        private static final long STEP = 64 << 10;

        private final MemoryAccount account;
        private long size;
        private long covered;

        private Buffer(MemoryAccount account) {
            this.account = account;
        }

        /** Notes how large it is now. */
        public void setSize(long bytes) {
            size = bytes;
            if (bytes > covered || bytes < covered - 4 * STEP) {
                long cover = (bytes + STEP - 1) / STEP * STEP;
                account.reserve(cover - covered);
                covered = cover;
            }
        }

        /** Notes that it has grown. */
        public void grow(long bytes) {
            setSize(size + bytes);
        }

        @Override
        public void close() {
            account.reserve(-covered);
            size = 0;
            covered = 0;
        }
    }
}
