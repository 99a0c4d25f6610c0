package candlestack.flux.value;

/** A whole number from 0 to 2^64-1. */
public record Unsigned(long bits) implements Comparable<Unsigned> {
    @Override
    public int compareTo(Unsigned other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    public double toDouble() {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
