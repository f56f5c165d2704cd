/// Where the keys go: the panes, a field, or the window on top.
enum CommandContext: Sendable, Hashable, CaseIterable {
  case panes
  case filter
  case help
  case plan
  case statement
  case adoption
  case confirmation
  case failure
  case unverified
  case summary
  case themes
  case log
  case palette
  case commandLine
  case text
  case rows
  case replay
  case diagram
  case targets
}

extension ConsoleState {
  /// Where the keys go now.
  var context: CommandContext {
    switch overlays.last {
    case .help: .help
    case .plan: .plan
    case .statement: .statement
    case .adoption: .adoption
    case .confirmation: .confirmation
    case .failure: .failure
    case .unverified: .unverified
    case .summary: .summary
    case .themes: .themes
    case .log: .log
    case .palette: .palette
    case .text: .text
    case .rows: .rows
    case .replay: .replay
    case .diagram: .diagram
    case .targets: .targets
    case nil: commandLine != nil ? .commandLine : isFiltering ? .filter : .panes
    }
  }
}
