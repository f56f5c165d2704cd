import Display

/// Keys: into the field that takes text, else to the command that they ask for.
extension Reduction {
  mutating func press(_ key: Key) {
    state.refusal = nil
    if type(key) { return }
    guard let (command, availability) = ConsoleCommand.command(for: key, in: state) else { return }
    if let reason = availability.reason {
      refuse("\(command.title): \(reason)")
    } else {
      command.perform(&self)
    }
  }

  /// Edits the text that has the keys; false if there is none or the key is no part of typing.
  private mutating func type(_ key: Key) -> Bool {
    guard let field = state.typedText else { return false }
    let isErasing = key.code == .backspace || key == .control("h")
    guard key.typedCharacter != nil || isErasing || key == .control("u") else { return false }
    var text = field
    if let character = key.typedCharacter {
      text.append(character)
    } else if isErasing {
      _ = text.popLast()
    } else {
      text = ""
    }
    state.setTypedText(text)
    return true
  }
}

extension ConsoleState {

  /// The text that typed characters go into, if there is one.
  var typedText: String? {
    switch overlays.last {
    case .help(let help): help.search
    case .confirmation(let question): question.name == nil ? nil : question.typed
    case nil: isFiltering ? list.filter : nil
    default: nil
    }
  }

  fileprivate mutating func setTypedText(_ text: String) {
    switch overlays.last {
    case .help(var help):
      help.search = text
      help.scroll = 0
      overlays[overlays.count - 1] = .help(help)
    case .confirmation(var question):
      question.typed = text
      overlays[overlays.count - 1] = .confirmation(question)
    case nil:
      list.filter = text
      list.rebuild()
      // The first match, not the phase above it, is what somebody who types a name is after.
      if !text.isEmpty, list.cursorMigration == nil { list.moveToMigration(direction: 1) }
    default: break
    }
  }
}
