package candlestack.ingest.yahoo;

import candlestack.ingest.yahoo.proto.PricingData;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a frame of the streamer: {@code {"type":"pricing","message":"<base64>"}}, or the bare base64 of old. */
final class PricingFrame {
    private static final int HEARTBEAT = 7;
    private static final int CURRENCY = 14;
    private static final int CRYPTOCURRENCY = 41;
    private static final int MOST_DIGITS = 12;

    private PricingFrame() {}

    /**
     * Empty if it is a heartbeat or another message without a price.
     *
     * @throws IllegalArgumentException saying why it cannot be read
     */
    static Optional<Snapshot> read(String frame) {
        Optional<String> message = message(frame.strip());
        return message.isEmpty() ? Optional.empty() : snapshot(decoded(message.get()));
    }

    private static Optional<String> message(String frame) {
        if (!frame.startsWith("{")) {
            return Optional.of(frame);
        }
        JsonNode json = Json.parse(frame).orElseThrow(() -> new IllegalArgumentException("it is no whole JSON"));
        if (!Json.text(json, "type").orElse("").equals("pricing")) {
            return Optional.empty();
        }
        return Optional.of(
                Json.text(json, "message").orElseThrow(() -> new IllegalArgumentException("it has no message")));
    }

    private static PricingData decoded(String base64) {
        try {
            return PricingData.parseFrom(Base64.getDecoder().decode(base64));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("its message is no PricingData: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its message is no base64", e);
        }
    }

    private static Optional<Snapshot> snapshot(PricingData data) {
        if (data.getQuoteType() == HEARTBEAT) {
            return Optional.empty();
        }
        if (data.getId().isBlank()) {
            throw new IllegalArgumentException("it names no symbol");
        }
        if (!Float.isFinite(data.getPrice()) || data.getPrice() <= 0) {
            throw new IllegalArgumentException("the price of " + data.getId() + " is " + data.getPrice());
        }
        if (data.getTime() <= 0) {
            throw new IllegalArgumentException("the time of " + data.getId() + " is " + data.getTime());
        }
        boolean units = data.getQuoteType() != CURRENCY && data.getQuoteType() != CRYPTOCURRENCY;
        return Optional.of(new Snapshot(
                data.getId(),
                Instant.ofEpochMilli(data.getTime()),
                decimal(data.getPrice(), data.getPriceHint()),
                units && data.getDayVolume() > 0 ? OptionalLong.of(data.getDayVolume()) : OptionalLong.empty(),
                positive(data.getBid(), data.getPriceHint()),
                positive(data.getAsk(), data.getPriceHint()),
                Optional.of(data.getCurrency()).filter(text -> !text.isBlank()),
                Optional.of(data.getExchange()).filter(text -> !text.isBlank()),
                units ? phase(data.getMarketHours()) : Phase.REGULAR));
    }

    /** A float has seven digits; the hint says how many after the point are meant. Without it, the shortest that fits. */
    private static BigDecimal decimal(float value, long priceHint) {
        if (priceHint <= 0 || priceHint > MOST_DIGITS) {
            return new BigDecimal(Float.toString(value));
        }
        BigDecimal rounded = new BigDecimal(value).setScale((int) priceHint, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? new BigDecimal(Float.toString(value)) : rounded;
    }

    private static Optional<BigDecimal> positive(float value, long priceHint) {
        return Float.isFinite(value) && value > 0 ? Optional.of(decimal(value, priceHint)) : Optional.empty();
    }

    private static Phase phase(int marketHours) {
        return switch (marketHours) {
            case 0 -> Phase.PRE;
            case 2, 3 -> Phase.POST;
            default -> Phase.REGULAR;
        };
    }
}
