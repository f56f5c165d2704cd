import Display

extension ConsoleState {
  /// The key of a command as the operator has it, for sentences that name it: `p`, or `:pause` where no key asks for it;
  /// where commands are asked for by words, its word.
  func key(_ title: String) -> String {
    let command = ConsoleCommand.table.first { $0.title == title && $0.contexts.contains(.panes) }
    guard let command else { return title }
    if options.isSpoken { return command.spokenName }
    return bindings.keys(command).first.map { "\($0)" } ?? ":\(command.typedName)"
  }
}
