package candlestack.local.command;

import picocli.CommandLine.Command;

@Command(
        name = "privacy",
        description = "What is kept of people, and how to forget them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PrivacyReportCommand.class, PrivacyEraseCommand.class, PrivacyPurgeCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./candlestack privacy report",
            "  ./candlestack privacy erase --user 3d45ca3c-40fc-46c0-9e95-72b77918b669",
            "  ./candlestack privacy purge --older-than 365d"
        })
public final class PrivacyCommand {}
