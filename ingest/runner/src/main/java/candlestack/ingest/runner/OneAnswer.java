package candlestack.ingest.runner;

import candlestack.config.ConfigException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;

/** Programs that print one JSON object on standard output and end, whatever threads a plugin has started meanwhile. */
final class OneAnswer {
    private static final int FAILED = 1;
    private static final int INVALID_CONFIGURATION = 2;

    private OneAnswer() {}

    /** What is to be printed. */
    @FunctionalInterface
    interface Question {
        JsonNode answer() throws Exception;
    }

    /** Ends the process: with 0, or with 2 where the configuration is wrong, or with 1. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the process ends, and its standard error is what the asker sees
    static void print(Question question) {
        int code = FAILED;
        // Whatever else is printed in here, by plugins say, would be taken for a part of the answer.
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            out.println(new ObjectMapper().writeValueAsString(question.answer()));
            code = 0;
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            code = INVALID_CONFIGURATION;
        } catch (Throwable e) {
            e.printStackTrace();
        }
        out.flush();
        System.exit(code);
    }
}
