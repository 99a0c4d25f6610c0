package candlestack.analytics.compute.quote;

/**
 * The parts of a record's {@code event-id} that duplicates are told by.
 *
 * <p>{@code <stream>#<n>} is sequenced: a stream counts its events up. Anything else is only itself. Both are kept as
 * 64-bit hashes: of a key's ids a few thousand are compared, so a false match is less likely than a broken disk.
 *
 * @param hash of the stream where sequenced, of the whole id otherwise
 * @param number n, or -1 where the id is not sequenced
 */
public record EventId(long hash, long number) {
    /** Of an event that has no id: it is nobody's duplicate. */
    public static final EventId NONE = new EventId(0, -1);

    private static final int MOST_DIGITS = 18;

    /** @param id UTF-8 */
    public static EventId parse(byte[] id) {
        int start = id.length;
        while (start > 0 && id[start - 1] >= '0' && id[start - 1] <= '9') {
            start--;
        }
        int digits = id.length - start;
        if (digits == 0 || digits > MOST_DIGITS || start == 0 || id[start - 1] != '#') {
            return new EventId(hash(id, id.length), -1);
        }
        long number = 0;
        for (int i = start; i < id.length; i++) {
            number = number * 10 + (id[i] - '0');
        }
        return new EventId(hash(id, start - 1), number);
    }

    public boolean sequenced() {
        return number >= 0;
    }

    /** FNV-1a over the bytes, then the finaliser of MurmurHash3, which spreads what FNV leaves in the low bits. */
    private static long hash(byte[] bytes, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
