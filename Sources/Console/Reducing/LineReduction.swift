import Migrations

/// Lines that are typed where there are no keys.
extension Reduction {
  /// Takes a line: the text that a question wants, a command of the window on top, or a command of the `:` line.
  mutating func take(line: String) {
    state.refusal = nil
    if case .confirmation(var question) = state.overlays.last, let expected = question.expected {
      let word = line.lowercased()
      guard word != "no", word != "close" else {
        escape()
        return
      }
      question.typed = line
      state.overlays[state.overlays.count - 1] = .confirmation(question)
      if line == expected { confirm() } else { refuse("that is not \(expected)") }
      return
    }
    let word = line.split(separator: " ").first.map { $0.lowercased() } ?? ""
    let isVerb = state.overlays.isEmpty && ConsoleVerb.own.contains { $0.name == word }
    if word == line.lowercased(), !isVerb, let command = Self.spokenCommand(word, in: state) {
      carryOut(command)
    } else if state.overlays.isEmpty {
      state.commandLine = CommandLine(typed: line)
      runCommandLine()
    } else {
      refuse("“\(line)” means nothing here: help says what does")
    }
  }

  mutating func take(spokenRow: Int) { state.shown.goTo(spokenRow: spokenRow, &self) }

  /// The command that a word asks for where the operator is: by its word in the hints, its name, or its key.
  static func spokenCommand(_ word: String, in state: ConsoleState) -> ConsoleCommand? {
    let name = ["no": "close", "y": "yes", "begin": "yes", "stop": "abort"][word] ?? word
    let candidates = ConsoleCommand.applying(in: state).filter {
      $0.availability(state) != .hidden && $0.isAction
    }
    // What needs a cursor is said with a name: `choose 072` is a line of its own.
    let exact = candidates.filter { $0.spokenName == name || $0.typedName == name }
    if let command = exact.first(where: { $0.availability(state) == .available }) ?? exact.first {
      return command
    }
    guard !state.overlays.isEmpty else { return nil }
    let beginning = candidates.filter { $0.typedName.hasPrefix(name) && $0.hint != nil }
    return beginning.count == 1 ? beginning.first : nil
  }
}
