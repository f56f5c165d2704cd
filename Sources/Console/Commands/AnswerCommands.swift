import Display

extension ConsoleCommand {
  private static let windows: Set<CommandContext> = [
    .help, .plan, .statement, .adoption, .confirmation, .failure, .unverified, .summary, .themes, .log,
    .palette, .text, .rows, .replay, .diagram, .targets,
  ]

  /// Answering questions and closing windows.
  static let answerCommands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("y")], "Yes", hint: "yes", help: "Does what the question asks.", section: .console,
      in: [.confirmation, .adoption], danger: .changesTarget,
      when: { state in
        if case .confirmation(let question) = state.overlays.last, question.expected != nil { return .hidden }
        return .available
      }
    ) { $0.confirm() },
    ConsoleCommand(
      [Key(.enter)], "Confirm", hint: "confirm", help: "Does what the question asks, once the name is typed.",
      section: .console, in: [.confirmation], danger: .changesTarget,
      when: { state in
        guard case .confirmation(let question) = state.overlays.last, let text = question.expected else {
          return .hidden
        }
        return question.typed == text ? .available : .unavailable("type \(text) first")
      }
    ) { $0.confirm() },
    ConsoleCommand(
      [Key(.enter)], "Keep the theme", hint: "keep", help: "Keeps the theme under the cursor.",
      section: .console, in: [.themes]
    ) { $0.closeOverlay() },
    ConsoleCommand(
      [Key(.enter)], "Go there", hint: "go there",
      help: "Leaves this target and goes to the one under the cursor.",
      section: .console, in: [.targets]
    ) { $0.keepTarget() },
    ConsoleCommand(
      [Key(.escape)], "Close", hint: "close", help: "Closes the window, or clears the filter. Never quits.",
      section: .console, in: windows
    ) { $0.escape() },
    ConsoleCommand(
      [.character("q"), Key(.enter)], "Close", help: "Closes the window.", section: .console,
      in: [.plan, .statement, .failure, .unverified, .summary, .log, .text]
    ) { $0.closeOverlay() },
    ConsoleCommand(
      [.character("q")], "Close", help: "Closes the window.", section: .console, in: [.rows, .replay]
    ) { $0.closeOverlay() },
    ConsoleCommand(
      [Key(.escape)], "Clear", help: "Clears the filter. Never quits.", section: .console,
      when: { ($0.shown.filter($0)?.text ?? "").isEmpty ? .hidden : .available }
    ) { $0.clearFilter() },
  ]
}
