import Display
import Schema
import Verification

/// `signalbox inspect access` for people: the matrix with its legend, or the cells of one object explained.
struct AccessText {
  let matrix: AccessMatrix
  let roles: [String]
  let width: Int
  let style: TextStyle

  /// The matrix: a line for each object, a column for each role, a sign for each command.
  ///
  /// Names that leave no room for the roles are cut; roles that do not fit beside each other follow in a part of their
  /// own.
  func table(of objects: [ObjectIdentity]) -> [String] {
    guard !objects.isEmpty else { return ["There is nothing here that anybody could reach."] }
    let names = objects.map { Text(foreign: name(of: $0)) }
    let longest = max(12, names.map(\.columns).max() ?? 0)
    let widths = roles.map { max(9, Text(foreign: $0).columns + 2) }
    let nameWidth = max(20, min(longest, width - 2 - widths.prefix(4).reduce(0, +)))
    var used: Set<AccessValue> = []
    var lines: [String] = []
    var rest = zip(roles, widths).map { (role: $0, width: $1) }
    while !rest.isEmpty {
      var room = width - nameWidth - 2
      let part = rest.prefix { column in
        room -= column.width
        return room >= -2
      }
      let columns = Array(part.isEmpty ? rest.prefix(1) : part)
      rest.removeFirst(columns.count)
      if !lines.isEmpty { lines.append("") }
      lines += self.part(columns, objects, names, nameWidth, &used)
    }
    lines.append("")
    lines += AccessValue.allCases.filter(used.contains).map { "\(sign($0)) \($0.explanation)" }
    return lines
  }

  private func part(
    _ columns: [(role: String, width: Int)], _ objects: [ObjectIdentity], _ names: [Text], _ nameWidth: Int,
    _ used: inout Set<AccessValue>
  ) -> [String] {
    let margin = Text("").padded(to: nameWidth + 2).string
    var lines = [
      style.bold(
        trimmed(margin + columns.map { Text(foreign: $0.role).padded(to: $0.width).string }.joined()))
    ]
    if objects.contains(where: { matrix.commands(for: $0).count > 1 }) {
      lines.append(
        style.muted(trimmed(margin + columns.map { Text("S I U D").padded(to: $0.width).string }.joined())))
    }
    for (object, name) in zip(objects, names) {
      var line = name.clipped(to: nameWidth).padded(to: nameWidth).string + "  "
      for (role, width) in columns {
        let values = matrix.commands(for: object).map { matrix.cell(object, $0, role: role).value }
        used.formUnion(values)
        line += values.map(sign).joined(separator: " ")
        line += String(repeating: " ", count: max(1, width - values.count * 2 + 1))
      }
      lines.append(trimmed(line))
    }
    return lines
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
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
        lines.append(
          "  \(word) \(sign(cell.value)) \(cell.value.explanation(for: command))\(harmless(columns))")
        lines += cell.reasons.flatMap { wrapped($0.text, indent: "    ") }
      }
    }
    return lines
  }

  /// What tables, sequences and functions that are made from now on will be granted.
  var forecast: [String] {
    let forecasts = matrix.forecasts
    guard !forecasts.isEmpty else { return [] }
    return ["", style.bold("New ones will be granted")]
      + forecasts.flatMap { forecast -> [String] in
        let grants = forecast.grants.map { grant in
          "\(grant.role == AccessFacts.everyone ? "PUBLIC" : grant.role) \(grant.privileges.joined(separator: ", "))"
        }
        let rows = forecast.kind == "tables" ? "; row security is off until it is switched on" : ""
        return [harmless("  \(forecast.kind) in \(forecast.schema), made by \(forecast.maker)\(rows)")]
          + grants.flatMap { wrapped($0, indent: "    ") }
      }
  }

  private func wrapped(_ text: String, indent: String) -> [String] {
    Text.lines(foreign: text).flatMap { line in
      line.wrapped(to: max(20, width - indent.utf8.count), indent: "  ").map {
        style.muted(indent + $0.string)
      }
    }
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
