package candlestack.local.command;

import candlestack.local.console.OutputFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether a person or a program reads the rows. */
final class Format {
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(names = "--csv", description = "Comma-separated values with a header line.")
        private boolean csv;

        @Option(names = "--json", description = "One JSON array of objects.")
        private boolean json;
    }

    OutputFormat format() {
        if (choice.csv) {
            return OutputFormat.CSV;
        }
        return choice.json ? OutputFormat.JSON : OutputFormat.TABLE;
    }
}
