import Display

/// A session of the console written down: what is pressed, what is waited for, what is kept of the screen.
///
///     wait 65 applied          wait until a text is on the screen
///     keys * s                 press keys, as config.toml names them
///     type 072_phase           type a text
///     size 80x24               another size of the terminal
///     dump FILE                write the screen as text, after a line that says which; without a file to standard output
///
/// Blank lines and those that begin with `#` are left out.
struct ConsoleScript: Sendable, Hashable {
  var steps: [Step]

  struct Step: Sendable, Hashable {
    var line: Int
    var deed: Deed
  }

  enum Deed: Sendable, Hashable {
    case wait(String)
    case keys([Key])
    case size(Size)
    case dump(String?)
  }

  /// Reads a script.
  ///
  /// - Throws: ``CommandFailure`` with the line that cannot be read.
  init(parsing text: String, file: String) throws {
    steps = []
    for (index, whole) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = whole.drop { $0 == " " || $0 == "\t" }
      if line.isEmpty || line.first == "#" { continue }
      let word = line.prefix { $0 != " " }
      let rest = String(line.dropFirst(word.count + 1))
      guard let deed = Self.deed(String(word), rest) else {
        throw CommandFailure(
          .usage, "\(file):\(index + 1): `\(whole)` is no step of a script",
          advice: "write wait TEXT, keys KEY…, type TEXT, size COLUMNSxROWS, or dump [FILE]")
      }
      steps.append(Step(line: index + 1, deed: deed))
    }
  }

  private static func deed(_ word: String, _ rest: String) -> Deed? {
    switch word {
    case "wait": return rest.isEmpty ? nil : .wait(rest)
    case "dump": return .dump(rest.isEmpty ? nil : rest)
    case "type": return rest.isEmpty ? nil : .keys(rest.map { .character($0) })
    case "keys":
      let names = rest.split(separator: " ")
      let keys = names.compactMap { Key(named: String($0)) }
      return keys.isEmpty || keys.count < names.count ? nil : .keys(keys)
    case "size":
      let parts = rest.split(separator: "x").compactMap { Int($0) }
      guard parts.count == 2, parts.allSatisfy({ (1...1_000).contains($0) }) else { return nil }
      return .size(Size(columns: parts[0], rows: parts[1]))
    default: return nil
    }
  }
}
