import Migrations

/// A command that is typed out: every command of the table by its title, and those that take arguments.
struct ConsoleVerb: Sendable {
  /// What is typed: `plan`, `go-to-the-migration`.
  var name: String
  var help: String
  /// What it takes; nil if nothing.
  var argument: Argument?
  /// Does it, with the words behind the name.
  var perform: @Sendable (inout Reduction, [String]) -> Void

  /// What a typed command takes.
  struct Argument: Sendable {
    /// Whether there must be one.
    var isNeeded: Bool
    /// The words that can stand there, with what they mean.
    var words: @Sendable (ConsoleState) -> [(word: String, help: String)]
  }

  /// Everything that can be typed now, those with a meaning of their own first.
  static func all(in state: ConsoleState) -> [ConsoleVerb] {
    let known = Set(own.map(\.name))
    var seen = known
    let others = ConsoleCommand.table.filter {
      $0.contexts.contains(.panes) && ($0.screen ?? state.screen) == state.screen
        && $0.availability(state) != .hidden && $0.isAction
    }.compactMap { command -> ConsoleVerb? in
      let name = command.typedName
      guard seen.insert(name).inserted else { return nil }
      return ConsoleVerb(name: name, help: command.help) { reduction, _ in reduction.carryOut(command) }
    }
    return own + others
  }

  /// The one with a name, or the only one that begins so.
  static func named(_ name: String, in state: ConsoleState) -> ConsoleVerb? {
    let all = all(in: state)
    if let exact = all.first(where: { $0.name == name || aliases[name] == $0.name }) { return exact }
    let beginning = all.filter { $0.name.hasPrefix(name) }
    return beginning.count == 1 ? beginning.first : nil
  }

  private static let aliases = ["q": "quit", "h": "help", "e": "editor", "colorscheme": "theme"]
}
