import Display
import Migrations

/// The targets to choose from, with where they are: never with a password.
struct TargetsContent {
  let state: ConsoleState
  let overlay: TargetsOverlay

  func content(columns: Int) -> OverlayContent {
    let targets = state.declaredTargets
    let nameColumns = targets.map { Text(foreign: $0.name).columns }.max() ?? 0
    let lines = targets.enumerated().map { index, target in
      var line = Line(index == overlay.cursor ? state.glyphs.cursor : " ", .accent)
      line.add(" ")
      line.add("\(target.name)", target.role, width: nameColumns, glyphs: state.glyphs)
      if let label = target.label { line.add("  \(label)") }
      if target.isProtected { line.add("  \(state.glyphs.shield) protected", .warning) }
      if target.name == state.options.target { line.add("  \(state.glyphs.check) this one", .success) }
      return line
    }
    let width = min(columns, max(30, lines.map(\.columns).max() ?? 0))
    return OverlayContent(title: "Target", columns: width, lines: lines, cursorLine: overlay.cursor)
  }
}

extension ConsoleState {
  /// The targets that the project file declares.
  var declaredTargets: [TargetDeclaration] { model?.project.targets ?? [] }
}

extension TargetDeclaration {
  /// The meaning by which its name is coloured.
  var role: Role { TargetColour(colour)?.role ?? .text }
}

/// The colours that a project file can give a target; each is a meaning of the theme, so that it can be read in all.
enum TargetColour: Sendable {
  case role(Role)

  init?(_ name: String?) {
    switch name {
    case "red": self = .role(.danger)
    case "yellow": self = .role(.warning)
    case "green": self = .role(.success)
    case "cyan": self = .role(.running)
    case "blue": self = .role(.information)
    case "magenta": self = .role(.stateChanged)
    default: return nil
    }
  }

  var role: Role {
    switch self {
    case .role(let role): role
    }
  }
}
