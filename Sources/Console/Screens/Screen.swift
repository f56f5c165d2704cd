/// One of the console's screens; the raw value is the digit that shows it.
public enum Screen: Int, Sendable, Hashable, CaseIterable {
  case rollout = 1
  case schema
  case access
  case verify
  case activity
  case history

  /// Its name in the tab line.
  var title: String {
    switch self {
    case .rollout: "Rollout"
    case .schema: "Schema"
    case .access: "Access"
    case .verify: "Verify"
    case .activity: "Activity"
    case .history: "History"
    }
  }

  /// The screens that there are, in the order of their digits: a screen whose parts do not stand here has no tab.
  static let parts: [any ConsoleScreen.Type] = [
    RolloutScreen.self,
    SchemaScreen.self,
    AccessScreen.self,
    VerifyScreen.self,
    ActivityScreen.self,
    HistoryScreen.self,
  ].sorted { $0.screen.rawValue < $1.screen.rawValue }
}

extension ConsoleState {
  /// The parts of the screen that is shown.
  var shown: any ConsoleScreen.Type {
    Screen.parts.first { $0.screen == screen } ?? RolloutScreen.self
  }
}
