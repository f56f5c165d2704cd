import Display
import Migrations
import Schema
import Verification

/// The cell under the cursor explained: what comes of the command, why, and what a probe found.
extension AccessScreen {
  static func detailTitle(_ state: ConsoleState) -> Text {
    guard let cell = state.accessCell else { return "Why" }
    return "\(cell.role): \(cell.command.rawValue)"
  }

  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText {
    guard let address = state.accessCell else {
      return DetailText(
        Line.wrapped(
          "The cell under the cursor is explained here. h and l go from cell to cell.", .muted,
          columns: columns))
    }
    var detail = CellDetail(
      state: state, address: address, writer: DetailWriter(columns: columns, glyphs: state.glyphs))
    return detail.write()
  }
}

private struct CellDetail {
  let state: ConsoleState
  let address: AccessCellAddress
  var writer: DetailWriter

  mutating func write() -> DetailText {
    let matrix = state.access.book.matrix
    let cell = matrix.cell(address.object, address.command, role: address.role)
    writer.add(foreign: address.object.phrase, .accent, indent: "")
    var line = Line("\(cell.value.glyph(state.glyphs)) ", cell.value.role)
    line.add("\(cell.value.explanation(for: address.command))", cell.value.role)
    writer.add(line)
    if let columns = cell.columns {
      writer.add(foreign: "columns \(columns.joined(separator: ", ")) only", .warning, indent: "  ")
    }
    writeProbe()
    writeUncommitted()
    writer.section("Why")
    for reason in cell.reasons { write(reason) }
    writeOrigins()
    return writer.text
  }

  /// What the cell was before the open transaction that is looked into.
  private mutating func writeUncommitted() {
    let changed = state.inside?.access[address.object]?.first {
      $0.role == address.role && $0.command == address.command.rawValue
    }
    guard let changed else { return }
    let before = changed.before.map { "before it was: \($0.words)" } ?? "the object is new"
    writer.add(foreign: "not committed; \(before)", .warning, indent: "  ")
  }

  private mutating func write(_ reason: AccessReason) {
    if reason.kind == .policy, let identity = reason.object, let policy = state.catalog?[identity],
      case .policy(let detail) = policy.detail
    {
      write(policy, detail, said: reason.text)
      return
    }
    let role: Role =
      switch reason.kind {
      case .obstacle: .danger
      case .note: .information
      default: .text
      }
    let part = reason.object.flatMap { $0 == address.object ? nil : Subject.object($0) }
    for line in Line.wrapped(foreign: reason.text, role, columns: writer.columns, first: "  ", indent: "    ")
    {
      writer.add(line, about: part)
    }
  }

  private mutating func write(_ policy: SchemaObject, _ detail: PolicyDetail, said: String) {
    let part = Subject.object(policy.identity)
    let word = detail.isPermissive ? "permissive" : "restrictive"
    var head = "\(word) policy \(Identifier.quoted(policy.identity.name)) for \(detail.command)"
    // A view leads to the policies of what it reads.
    if let table = policy.identity.table,
      table.name != address.object.name || table.schema != address.object.schema
    {
      head += " on \(table.shortName)"
    }
    for line in Line.wrapped(foreign: head, .text, columns: writer.columns, first: "  ", indent: "    ") {
      writer.add(line, about: part)
    }
    // Only the expressions that the reason names decide about this command.
    for (word, expression) in [("USING", detail.using), ("WITH CHECK", detail.check ?? detail.using)] {
      guard let expression, said.hasText("\(word) ") else { continue }
      writer.add(Line("    \(word)", .muted), about: part)
      for line in ExpressionLayout(expression).lines(columns: writer.columns - 6) {
        writer.add(Line("      \(line)"), about: part)
      }
    }
  }

  private mutating func writeProbe() {
    if let trouble = state.access.trouble {
      writer.add(foreign: "the probe could not be made: \(trouble.message)", .danger, indent: "  ")
    }
    if let finding = state.access.book.finding(address.object, address.command, role: address.role) {
      let entry = finding.entry
      writer.section("Probe")
      // For a role that may see everything, a row of somebody else is as it should be.
      let isExpected = finding.agrees && entry.verdict == .leaks
      let ending = isExpected ? ", as the matrix says" : ""
      writer.add(
        foreign: "\(entry.verdict.rawValue): \(entry.verdict.explanation)\(ending)",
        isExpected ? .text : entry.verdict.role)
      writer.add(foreign: entry.detail, .text)
      if !finding.agrees {
        writer.add(foreign: "\(state.glyphs.exclamation.string) the matrix does not say so", .danger)
      }
    } else if let reason = state.access.book.omission(address.object) {
      writer.section("Probe")
      writer.add(foreign: "not tried: \(reason)", .muted)
    }
  }

  private mutating func writeOrigins() {
    guard let object = state.catalog?[address.object],
      let made = state.model?.origins.origin(of: object)?.made
    else { return }
    writer.section("Made by")
    writer.add(Line("  \(made)"), about: .migration(made))
  }
}

extension String {
  /// Whether a text stands anywhere in it.
  fileprivate func hasText(_ text: String) -> Bool {
    var rest = self[...]
    while let first = text.first, let place = rest.firstIndex(of: first) {
      if rest[place...].hasPrefix(text) { return true }
      rest = rest[index(after: place)...]
    }
    return false
  }
}
