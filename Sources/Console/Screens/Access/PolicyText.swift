import Display
import Schema

/// A policy as a whole: for whom, for what, and its expressions over lines.
struct PolicyText {
  let state: ConsoleState
  let policy: SchemaObject
  let columns: Int

  var overlay: TextOverlay {
    let script = DefinitionScript(of: policy, in: state.schema.book.index)
    return TextOverlay(
      title: Text(foreign: policy.identity.phrase), note: "Y copies its statement", lines: lines,
      copied: script.text)
  }

  private var lines: [Line] {
    guard case .policy(let detail) = policy.detail else { return [Line("\(policy.definition)")] }
    var writer = DetailWriter(columns: columns, glyphs: state.glyphs)
    writer.fact("table", Line("\(policy.identity.table?.shortName ?? "")"))
    writer.fact("kind", Line(detail.isPermissive ? "permissive: adds rows" : "restrictive: takes rows away"))
    writer.fact("for", Line("\(detail.command)"))
    writer.fact(
      "to",
      foreign: detail.roles.map { $0 == AccessFacts.everyone ? "PUBLIC" : $0 }.joined(separator: ", "))
    if let made = state.model?.origins.origin(of: policy)?.made {
      writer.fact("made by", Line("\(made)"))
    } else {
      writer.fact("made by", Line("\(SchemaMark.unmanaged.glyph(state.glyphs)) unmanaged", .stateMissing))
    }
    if let comment = policy.comment { writer.fact("comment", foreign: comment) }
    for (title, expression) in [
      ("Using: rows that are there", detail.using), ("With check: rows that come", detail.check),
    ] {
      guard let expression else { continue }
      writer.section(Text(foreign: title))
      for line in ExpressionLayout(expression).lines(columns: columns - 4) { writer.add(Line("  \(line)")) }
    }
    if detail.check == nil, detail.command != "SELECT", detail.command != "DELETE" {
      writer.section("With check")
      writer.add(Line("  the same as Using", .muted))
    }
    return writer.text.lines
  }
}
