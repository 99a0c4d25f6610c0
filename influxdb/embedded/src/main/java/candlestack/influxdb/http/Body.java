package candlestack.influxdb.http;

/** A request's body; until it is closed its memory counts as taken. */
final class Body implements AutoCloseable {
    private final byte[] bytes;
    private final int length;
    private final Runnable release;

    Body(byte[] bytes, int length, Runnable release) {
        this.bytes = bytes;
        this.length = length;
        this.release = release;
    }

    /** The body's bytes in an array that may be longer. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void close() {
        release.run();
    }
}
