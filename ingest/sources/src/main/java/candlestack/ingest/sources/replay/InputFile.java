package candlestack.ingest.sources.replay;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The file to replay, or a sample that is part of the product.
 *
 * @param name what the ids of its events are made of: it stays when the file is moved to another folder
 */
record InputFile(String written, String name) {
    private static final String SAMPLE = "sample:";
    private static final Map<String, String> SAMPLES =
            Map.of("sample:bitstamp-2013", "bitstamp_trades_from_20131125_usd.csv");

    /** @throws SourceException of kind misconfigured if there is no such sample */
    static InputFile of(String written) throws SourceException {
        if (written.startsWith(SAMPLE)) {
            if (!SAMPLES.containsKey(written)) {
                throw new SourceException(
                        ErrorKind.MISCONFIGURED,
                        "Cannot replay '" + written + "': no such sample; there is " + SAMPLES.keySet());
            }
            return new InputFile(written, SAMPLES.get(written));
        }
        return new InputFile(written, String.valueOf(Path.of(written).getFileName()));
    }

    /** From its beginning, unzipped; the caller closes it. */
    BufferedReader open() throws SourceException {
        try {
            return new BufferedReader(new InputStreamReader(unzipped(stream()), StandardCharsets.UTF_8), 1 << 16);
        } catch (NoSuchFileException e) {
            throw new SourceException(ErrorKind.MISCONFIGURED, "Cannot replay '" + written + "': no such file", e);
        } catch (IOException e) {
            throw new SourceException(ErrorKind.TRANSIENT, "Cannot replay '" + written + "': " + e.getMessage(), e);
        }
    }

    private InputStream stream() throws IOException {
        return SAMPLES.containsKey(written)
                ? InputFile.class.getResourceAsStream(name)
                : Files.newInputStream(Path.of(written));
    }

    /** Told by its first two bytes, whatever the name ends in. */
    private static InputStream unzipped(InputStream stream) throws IOException {
        InputStream buffered = new BufferedInputStream(stream, 1 << 16);
        try {
            buffered.mark(2);
            boolean zipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            return zipped ? new GZIPInputStream(buffered, 1 << 16) : buffered;
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }
}
