import CNcurses

/// The bytes that bring a terminal back to what a shell expects, built while there is time: at a crash there is none.
struct Farewell {
  /// What the terminal understands, in the order in which it is to be said.
  var bytes: [UInt8]

  /// Asks the description of the terminal that ncurses was set up with.
  ///
  /// Attributes off, cursor visible, cursor keys as normal, pasting plain, the other screen away.
  static func ofCurrentTerminal() -> Farewell {
    Farewell(capabilities: ["sgr0", "cnorm", "rmkx", "BD", "rmcup"].map(capability))
  }

  init(capabilities: [String?]) {
    bytes = capabilities.compactMap { $0 }.flatMap { Array(Self.withoutPadding($0).utf8) }
    // Without another screen to leave, the shell goes on below ours.
    if capabilities.last.flatMap({ $0 }) == nil { bytes += Array("\r\n".utf8) }
  }

  /// A capability's text without the pauses (`$<5>`) that old terminals needed.
  static func withoutPadding(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      if rest.hasPrefix("$<"), let end = rest.firstIndex(of: ">") {
        rest = rest[rest.index(after: end)...]
        continue
      }
      result.append(character)
      rest = rest.dropFirst()
    }
    return result
  }
}

/// The text of a terminfo capability, if the current terminal has it.
func capability(_ name: String) -> String? { curses_capability(name).map { String(cString: $0) } }
