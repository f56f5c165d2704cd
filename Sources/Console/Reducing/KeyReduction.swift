import Display

/// Keys: into the field that takes text, else to the command that they ask for.
extension Reduction {
  mutating func press(_ key: Key) {
    state.refusal = nil
    if type(key) { return }
    guard let (command, _) = ConsoleCommand.command(for: key, in: state) else { return }
    carryOut(command)
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
      if text.isEmpty, state.context == .commandLine { closeCommandLine() }
      guard !text.isEmpty else { return true }
      text.removeLast()
    } else {
      text = ""
    }
    take(typed: text)
    return true
  }

  private mutating func take(typed text: String) {
    switch state.overlays.last {
    case .help(var help):
      help.search = text
      help.scroll = 0
      state.overlays[state.overlays.count - 1] = .help(help)
    case .confirmation(var question):
      question.typed = text
      state.overlays[state.overlays.count - 1] = .confirmation(question)
    case .palette: state.overlays[state.overlays.count - 1] = .palette(PaletteOverlay(search: text))
    case nil where state.commandLine != nil: state.commandLine = CommandLine(typed: text)
    case nil: state.shown.setFilter(text, &self)
    default: break
    }
  }
}

extension ConsoleState {
  /// The text that typed characters go into, if there is one.
  var typedText: String? {
    switch overlays.last {
    case .help(let help): help.search
    case .confirmation(let question): question.expected == nil ? nil : question.typed
    case .palette(let palette): palette.search
    case nil where commandLine != nil: commandText
    case nil: isFiltering ? shown.filter(self)?.text : nil
    default: nil
    }
  }
}
