package candlestack.ingest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** Collects an answer as long as it is not too large; what is, is not read to its end. */
public final class BoundedBody<T> implements HttpResponse.BodySubscriber<T> {
    private final int mostBytes;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final Function<byte[], T> finish;
    private final CompletableFuture<T> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    private BoundedBody(int mostBytes, Function<byte[], T> finish) {
        this.mostBytes = mostBytes;
        this.finish = finish;
    }

    /** The body fails with {@link TooLargeException} where it has more bytes. */
    public static HttpResponse.BodyHandler<byte[]> bytes(int mostBytes) {
        return head -> new BoundedBody<>(mostBytes, Function.identity());
    }

    /** As {@link #bytes}, of a text in UTF-8, as JSON is. */
    public static HttpResponse.BodyHandler<String> text(int mostBytes) {
        return head -> new BoundedBody<>(mostBytes, body -> new String(body, StandardCharsets.UTF_8));
    }

    /** The answer is larger than is read. */
    public static final class TooLargeException extends IOException {
        public TooLargeException(int mostBytes) {
            super("the answer is larger than " + (mostBytes >> 20) + " MiB");
        }
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (collected.size() + buffer.remaining() > mostBytes) {
                subscription.cancel();
                body.completeExceptionally(new TooLargeException(mostBytes));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            collected.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable problem) {
        body.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        body.complete(finish.apply(collected.toByteArray()));
    }
}
