import ArgumentParser

/// The command line of Signalbox.
@main
struct Signalbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "signalbox")
}
