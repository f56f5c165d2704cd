/// The line of typed commands: what is typed, what is offered to complete it, and what was typed before.
struct CommandLine: Sendable, Hashable {
  var typed = ""
  /// Which of the completions stands in the line instead of what was typed.
  var chosen: Int?
  /// How far back in the history the line is.
  var past: Int?
}

/// One way to go on with a typed command.
struct Completion: Sendable, Hashable {
  /// The whole line with it.
  var line: String
  /// The word that completes it.
  var word: String
  /// What the word means.
  var help: String
}

extension ConsoleState {
  /// What stands in the line.
  var commandText: String? {
    guard let commandLine else { return nil }
    guard let chosen = commandLine.chosen else { return commandLine.typed }
    let completions = completions
    return completions.indices.contains(chosen) ? completions[chosen].line : commandLine.typed
  }

  /// What can complete what is typed.
  var completions: [Completion] {
    guard let typed = commandLine?.typed else { return [] }
    let parts = typed.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count > 1, let verb = ConsoleVerb.named(String(parts[0]), in: self) else {
      return ConsoleVerb.all(in: self).filter { $0.name.hasPrefix(typed) }.map {
        Completion(line: $0.argument == nil ? $0.name : $0.name + " ", word: $0.name, help: $0.help)
      }
    }
    guard let argument = verb.argument else { return [] }
    let last = (parts.last ?? "").lowercased()
    let stem = parts.dropLast().joined(separator: " ")
    let words = argument.words(self)
    let beginning = words.filter { $0.word.lowercased().hasPrefix(last) }
    // A name is remembered by its middle as often as by its number.
    let found = beginning.isEmpty ? words.filter { $0.word.lowercased().contains(last) } : beginning
    return found.map { Completion(line: "\(stem) \($0.word)", word: $0.word, help: $0.help) }
  }
}
