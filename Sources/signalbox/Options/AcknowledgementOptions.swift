import ArgumentParser

/// How a command goes on that widens access on a protected target where nobody is there to type.
struct AcknowledgementOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "What a role may reach in future on a protected target (role and object); may be repeated.",
      valueName: "what"))
  var acknowledgeAccess: [String] = []
}
