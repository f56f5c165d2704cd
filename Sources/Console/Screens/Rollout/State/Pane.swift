/// The panes of the Rollout screen that can have the keys, in the order of Tab.
enum Pane: Int, Sendable, Hashable, CaseIterable {
  case phases
  case graph
  case verification
  case statements

  var title: String {
    switch self {
    case .phases: "Phases"
    case .graph: "Graph"
    case .verification: "Verification"
    case .statements: "Statements"
    }
  }
}
