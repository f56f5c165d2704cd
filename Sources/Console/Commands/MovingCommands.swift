import Display

extension ConsoleCommand {
  private static let scrolling: Set<CommandContext> = [
    .panes, .help, .plan, .statement, .adoption, .failure, .unverified, .summary, .themes, .log,
    .text, .rows, .replay, .diagram, .targets,
  ]

  /// Contexts in which letters are typed, and only named keys move.
  private static let typing: Set<CommandContext> = [.filter, .palette]

  /// Moving within lists and between panes.
  static let movingCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [Key(.down), .character("j")], "Down", help: "One line down.", section: .moving, in: scrolling
    ) { $0.move(.lines(1)) },
    ConsoleCommand(
      [Key(.up), .character("k")], "Up", help: "One line up.", section: .moving, in: scrolling
    ) { $0.move(.lines(-1)) },
    ConsoleCommand(
      [Key(.down)], "Down", help: "One line down.", section: .moving, in: typing
    ) { $0.move(.lines(1)) },
    ConsoleCommand([Key(.up)], "Up", help: "One line up.", section: .moving, in: typing) {
      $0.move(.lines(-1))
    },
    ConsoleCommand(
      [Key(.pageDown), .control("f"), .control("d")], "Page down", help: "One page down.", section: .moving,
      in: scrolling
    ) { $0.move(.pages(1)) },
    ConsoleCommand(
      [Key(.pageUp), .control("b"), .control("u")], "Page up", help: "One page up.", section: .moving,
      in: scrolling
    ) { $0.move(.pages(-1)) },
    ConsoleCommand(
      [Key(.home), .character("g")], "First", help: "To the first line.", section: .moving, in: scrolling
    ) { $0.move(.start) },
    ConsoleCommand(
      [Key(.end), .character("G")], "Last", help: "To the last line.", section: .moving, in: scrolling
    ) { $0.move(.end) },
    ConsoleCommand(
      [Key(.left), .character("h")], "Left",
      help: "Folds the group, or goes to the list; in a text or in rows, scrolls to the left.",
      section: .moving,
      in: [.panes, .statement, .text, .rows, .diagram]
    ) { $0.moveSideways(-1) },
    ConsoleCommand(
      [Key(.right), .character("l")], "Right",
      help: "Unfolds the group, or goes to the details; in a text or in rows, scrolls to the right.",
      section: .moving,
      in: [.panes, .statement, .text, .rows, .diagram]
    ) { $0.moveSideways(1) },
    ConsoleCommand(
      [Key(.tab)], "Next pane", hint: "panes", help: "Gives the keys to the next pane.", section: .places
    ) { $0.state.shown.focusNext(1, &$0) },
    ConsoleCommand(
      [Key(.tab, .shift)], "Previous pane", help: "Gives the keys to the pane before.", section: .places
    ) { $0.state.shown.focusNext(-1, &$0) },
    ConsoleCommand(
      [.character("z")], "Zoom", help: "Gives the pane that has the keys the whole screen, and back.",
      section: .places
    ) { $0.state.shown.toggleZoom(&$0) },
  ]
}
