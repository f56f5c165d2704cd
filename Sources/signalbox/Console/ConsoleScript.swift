import Display

/// A session of the console written down: what is pressed, what is waited for, what is kept of the screen.
///
///     wait 65 applied          wait until a text is on the screen
///     rest                     wait until nothing is under way
///     keys * s                 press keys, as config.toml names them
///     type 072_phase           type a text
///     size 80x24               another size of the terminal
///     dump FILE                write the screen as text, after a line that says which; without a file to standard output
///     picture NAME 80x24 dark  draw the screen as a picture, in these sizes and themes; without any as it is
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
    case rest
    case keys([Key])
    case size(Size)
    case dump(String?)
    case picture(String, sizes: [Size], themes: [String])
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
          advice:
            "write wait TEXT, rest, keys KEY…, type TEXT, size COLUMNSxROWS, dump [FILE], or picture NAME [SIZE…] [THEME…]"
        )
      }
      steps.append(Step(line: index + 1, deed: deed))
    }
  }

  private static func deed(_ word: String, _ rest: String) -> Deed? {
    switch word {
    case "wait": return rest.isEmpty ? nil : .wait(rest)
    case "rest": return rest.isEmpty ? .rest : nil
    case "dump": return .dump(rest.isEmpty ? nil : rest)
    case "type": return rest.isEmpty ? nil : .keys(rest.map { .character($0) })
    case "keys":
      let names = rest.split(separator: " ")
      let keys = names.compactMap { Key(named: String($0)) }
      return keys.isEmpty || keys.count < names.count ? nil : .keys(keys)
    case "size":
      return size(rest).map { .size($0) }
    case "picture":
      let words = rest.split(separator: " ").map(String.init)
      guard let name = words.first, !name.contains("/") else { return nil }
      let sizes = words.dropFirst().compactMap(size)
      return .picture(name, sizes: sizes, themes: words.dropFirst().filter { size($0) == nil })
    default: return nil
    }
  }

  private static func size(_ text: String) -> Size? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1] else { return nil }
    guard (1...1_000).contains(columns), (1...1_000).contains(rows) else { return nil }
    return Size(columns: columns, rows: rows)
  }
}
