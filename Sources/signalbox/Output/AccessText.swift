import Display
import Schema
import Verification

/// `signalbox inspect access` for people: the matrix with its legend, or the cells of one object explained.
struct AccessText {
  let matrix: AccessMatrix
  let roles: [String]
  let style: TextStyle

  /// The matrix: a line for each object, a column for each role, a sign for each command.
  func table(of objects: [ObjectIdentity]) -> [String] {
    guard !objects.isEmpty else { return ["There is nothing here that anybody could reach."] }
    let names = objects.map { Text(foreign: name(of: $0)) }
    let nameWidth = min(60, max(12, names.map(\.columns).max() ?? 0))
    let roleWidths = roles.map { max(9, Text(foreign: $0).columns + 2) }
    let header = Text("").padded(to: nameWidth + 2).string
    let headings = zip(roles, roleWidths).map { Text(foreign: $0).padded(to: $1).string }.joined()
    let commands = zip(roles, roleWidths).map { Text("S I U D").padded(to: $1).string }.joined()
    var lines = [style.bold(header + headings)]
    if objects.contains(where: { matrix.commands(for: $0).count > 1 }) {
      lines.append(style.muted(header + commands))
    }
    var used: Set<AccessValue> = []
    for (object, name) in zip(objects, names) {
      var line = name.padded(to: nameWidth).string + "  "
      for (role, width) in zip(roles, roleWidths) {
        let values = matrix.commands(for: object).map { matrix.cell(object, $0, role: role).value }
        used.formUnion(values)
        line += values.map(sign).joined(separator: " ")
        line += String(repeating: " ", count: max(1, width - values.count * 2 + 1))
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    lines.append("")
    lines += AccessValue.allCases.filter(used.contains).map { "\(sign($0)) \($0.explanation)" }
    return lines
  }

  /// Every cell of one object with its reasons.
  func explanation(of object: ObjectIdentity) -> [String] {
    var lines = [style.bold(harmless(object.description))]
    if let owner = matrix.snapshot[object]?.owner { lines.append("owner \(harmless(owner))") }
    for role in roles {
      lines += ["", style.bold(harmless(role))]
      for command in matrix.commands(for: object) {
        let cell = matrix.cell(object, command, role: role)
        let columns = cell.columns.map { ", columns \($0.joined(separator: ", "))" } ?? ""
        let word = Text(foreign: command.rawValue).padded(to: 8).string
        lines.append("  \(word) \(sign(cell.value)) \(cell.value.explanation)\(harmless(columns))")
        lines += cell.reasons.flatMap { reason in
          Text.lines(foreign: reason.text).map { style.muted("             \($0.string)") }
        }
      }
    }
    return lines
  }

  private func name(of object: ObjectIdentity) -> String {
    switch object.kind {
    case .table: object.qualifiedName
    default: "\(object.qualifiedName) (\(object.kind.rawValue))"
    }
  }

  private func sign(_ value: AccessValue) -> String {
    switch value {
    case .all: "●"
    case .own: style.success("◐")
    case .some: style.warning("◔")
    case .noGrant: style.muted("–")
    case .noPolicy: style.muted("·")
    case .bypass: style.warning("◎")
    case .error: style.failure("!")
    case .impossible: style.muted("×")
    }
  }
}
