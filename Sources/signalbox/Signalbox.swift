import ArgumentParser

/// The command line of Signalbox.
struct Signalbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signalbox",
    abstract: "A console for PostgreSQL schema migrations.",
    discussion: """
      Point it at a directory of migrations and a database, and it tells what the files say, what the history says \
      and what is really in the catalog. Choose migrations, see what they will do, run them statement by statement, \
      verified before each commit.

      Without a command it opens the console.

      Where the database is: --database, else $DATABASE_URL, else the only target of signalbox.toml, else libpq's own \
      environment (PGHOST, PGSERVICE, …), else DATABASE_URL of .env.local or .env. `signalbox doctor` says which it is.

      Exit status: 0 done, 1 a migration or verification failed or drift was found, 2 usage or project error, 3 no connection, \
      4 migrations are pending (with --exit-code), 5 another run holds the lock, 6 stopped by the operator.
      """,
    version: SignalboxVersion.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Look",
        subcommands: [
          ConsoleCommand.self, StatusCommand.self, PlanCommand.self, GraphCommand.self, LintCommand.self,
          InspectCommand.self, DriftCommand.self, HistoryCommand.self, ReportCommand.self, DoctorCommand.self,
        ]),
      CommandGroup(
        name: "Act",
        subcommands: [
          NewCommand.self, ApplyCommand.self, RevertCommand.self, VerifyCommand.self, AdoptCommand.self,
          RepairCommand.self,
        ]),
      CommandGroup(
        name: "Try out", subcommands: [DemoCommand.self, SandboxCommand.self, ConfigCommand.self]),
    ],
    defaultSubcommand: ConsoleCommand.self)
}

/// The version of this Signalbox.
enum SignalboxVersion {
  /// What `--version` prints.
  static let text = "0.1.0"
}
