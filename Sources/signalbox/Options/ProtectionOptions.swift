import ArgumentParser

/// How a command goes on with a protected target where nobody is there to type.
struct ProtectionOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "The name of a protected target's database, as it would be typed.", valueName: "database"))
  var confirm: String?
}
