package candlestack.influxdb.store;

/** Sorts positions by time; of equal times the earlier position first. A merge sort, so already sorted runs are cheap. */
final class StableOrder {
    private StableOrder() {}

    static int[] of(long[] times, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sort(times, order, new int[count], 0, count);
        return order;
    }

    private static void sort(long[] times, int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(times, order, spare, from, middle);
        sort(times, order, spare, middle, to);
        if (times[order[middle - 1]] > times[order[middle]]) {
            merge(times, order, spare, from, middle, to);
        }
    }

    private static void merge(long[] times, int[] order, int[] spare, int from, int middle, int to) {
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        int target = from;
        while (left < middle) {
            boolean takeLeft = right == to || times[spare[left]] <= times[order[right]];
            order[target++] = takeLeft ? spare[left++] : order[right++];
        }
    }
}
