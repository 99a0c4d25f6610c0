package candlestack.ingest.sources.devices;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Five devices and who reports them. A report depends on nothing but the seed, the share of faults and its number, so
 * a sequence can be gone on with anywhere.
 */
final class Fleet {
    private static final int DEVICES = 5;
    private static final int FIRST_CUSTOMER = 100;
    private static final int CUSTOMERS = 21;
    private static final int MOST_READINGS = 3;
    private static final int WARMEST_TENTHS = 300;
    /** Reports of one warmer and one colder spell. */
    private static final double SPELL = 900;
    /** Reports through which a device is either sound or failing. */
    private static final int EPISODE = 120;

    private static final double FAILING_EPISODES = 0.1;
    /** Keeps the generators of neighbouring numbers apart; any odd number that is not SplittableRandom's own would do. */
    private static final long SPREAD = 0xD1342543DE82EF95L;

    private final long seed;
    private final double faults;

    private enum Fault {
        NO_CUSTOMER,
        NO_READINGS,
        NO_DEVICE,
        NO_STATUS
    }

    Fleet(long seed, double faults) {
        this.seed = new SplittableRandom(seed).nextLong();
        this.faults = faults;
    }

    Report report(long number) {
        SplittableRandom random = random(number);
        Optional<Fault> fault = random.nextDouble() < faults
                ? Optional.of(Fault.values()[random.nextInt(Fault.values().length)])
                : Optional.empty();
        String customer = "CI00" + (FIRST_CUSTOMER + random.nextInt(CUSTOMERS));
        List<Report.Reading> readings = readings(number, random, fault);
        return new Report(unless(fault, Fault.NO_CUSTOMER, customer), readings);
    }

    private List<Report.Reading> readings(long number, SplittableRandom random, Optional<Fault> fault) {
        if (fault.equals(Optional.of(Fault.NO_READINGS))) {
            return List.of();
        }
        int count = 1 + random.nextInt(MOST_READINGS);
        int first = random.nextInt(DEVICES);
        List<Report.Reading> readings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // A fault is in the first reading; the others are good all the same.
            readings.add(reading(number, (first + i) % DEVICES, random, i == 0 ? fault : Optional.empty()));
        }
        return readings;
    }

    private Report.Reading reading(long number, int device, SplittableRandom random, Optional<Fault> fault) {
        return new Report.Reading(
                unless(fault, Fault.NO_DEVICE, "D00" + (device + 1)),
                tenths(number, device, random),
                unless(fault, Fault.NO_STATUS, status(number, device, random)));
    }

    /** Each device has a level of its own, about which it swings. */
    private static int tenths(long number, int device, SplittableRandom random) {
        double level = 90 + 30 * device;
        double swing = 60 * Math.sin(2 * Math.PI * number / SPELL + device);
        long tenths = Math.round(level + swing + random.nextGaussian(0, 8));
        return (int) Math.max(0, Math.min(WARMEST_TENTHS, tenths));
    }

    private String status(long number, int device, SplittableRandom random) {
        boolean failing = random(-1 - number / EPISODE * DEVICES - device).nextDouble() < FAILING_EPISODES;
        double chance = random.nextDouble();
        if (chance < (failing ? 0.6 : 0.02)) {
            return "ERROR";
        }
        return chance > 0.9 ? "STANDBY" : "SUCCESS";
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(seed + SPREAD * number);
    }

    private static Optional<String> unless(Optional<Fault> fault, Fault absent, String value) {
        return fault.equals(Optional.of(absent)) ? Optional.empty() : Optional.of(value);
    }
}
