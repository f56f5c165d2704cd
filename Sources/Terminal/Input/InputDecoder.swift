import Display

/// Puts keys together from what ncurses delivers: Alt, sequences that the terminal's description does not list, pastes.
///
/// Terminals send more than terminfo knows. A sequence that is not understood must vanish as a whole: its letters, taken
/// as keys, would run commands.
struct InputDecoder: Sendable {
  private enum State {
    case ground
    case escape
    case controlSequence(String)
    case singleShift
    case paste(String)
  }

  private var state = State.ground

  /// Takes one unit and gives back what is complete with it.
  mutating func decode(_ unit: InputUnit) -> [TerminalInput] {
    switch (state, unit) {
    case (.paste(let text), .character(let scalar)): return extend(paste: text, with: scalar)
    // A key of the terminal's description inside a paste is a coincidence of its bytes.
    case (.paste, _): return []

    case (.ground, .pause): return []
    case (.ground, .key(let key)): return [.key(key)]
    case (.ground, .character("\u{1B}")):
      state = .escape
      return []
    case (.ground, .character(let scalar)): return PlainKeys.key(scalar).map { [.key($0)] } ?? []

    case (.escape, .pause):
      state = .ground
      return [.key(Key(.escape))]
    case (.escape, .character("\u{1B}")): return [.key(Key(.escape))]
    case (.escape, .character("[")):
      state = .controlSequence("")
      return []
    case (.escape, .character("O")):
      state = .singleShift
      return []
    case (.escape, .character(let scalar)):
      state = .ground
      return PlainKeys.key(scalar).map { [.key($0.with(.alternate))] } ?? []
    case (.escape, .key(let key)):
      state = .ground
      return [.key(key.with(.alternate))]

    // A slow line may deliver a sequence in pieces: what follows still belongs to it.
    case (.controlSequence, .pause): return []
    case (.controlSequence, .key(let key)):
      state = .ground
      return [.key(key)]
    case (.controlSequence(let text), .character(let scalar)): return extend(sequence: text, with: scalar)

    case (.singleShift, .pause):
      state = .ground
      return [.key(Key(.character("O"), .alternate))]
    case (.singleShift, .key(let key)):
      state = .ground
      return [.key(key)]
    case (.singleShift, .character(let scalar)):
      state = .ground
      return EscapeSequences.singleShift(scalar).map { [.key($0)] } ?? []
    }
  }

  private mutating func extend(sequence text: String, with scalar: Unicode.Scalar) -> [TerminalInput] {
    switch scalar.value {
    case 0x20...0x3F where text.utf8.count < 64:
      state = .controlSequence(text + String(scalar))
      return []
    // The Linux console writes F1 to F5 as two brackets and a letter.
    case 0x5B where text.isEmpty:
      state = .controlSequence("[")
      return []
    case 0x40...0x7E:
      state = .ground
      if text == "200", scalar == "~" {
        state = .paste("")
        return []
      }
      if text.first == "<" {
        return MouseSequence.event(parameters: text, final: scalar).map { [.mouse($0)] } ?? []
      }
      return EscapeSequences.control(parameters: text, final: scalar).map { [.key($0)] } ?? []
    default:
      state = .ground
      return decode(.character(scalar))
    }
  }

  private mutating func extend(paste text: String, with scalar: Unicode.Scalar) -> [TerminalInput] {
    var text = text
    text.unicodeScalars.append(scalar)
    guard scalar == "~", text.unicodeScalars.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) else {
      state = .paste(text)
      return []
    }
    state = .ground
    text.unicodeScalars.removeLast(Self.pasteEnd.count)
    return [.paste(Self.withLineFeeds(text))]
  }

  private static let pasteEnd: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]

  private static func withLineFeeds(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        result.append("\n")
      } else if !(scalar == "\n" && previous == "\r") {
        result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}

extension Key {
  func with(_ more: Modifiers) -> Key { Key(code, modifiers.union(more)) }
}
