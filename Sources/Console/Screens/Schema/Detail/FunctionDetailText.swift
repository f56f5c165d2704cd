import Display
import Schema

/// Functions, procedures and aggregates.
extension SchemaDetail {
  mutating func writeFunction() {
    guard case .function(let detail) = object.detail else { return }
    writer.fact("arguments", foreign: identity.signature.flatMap { $0.isEmpty ? nil : $0 } ?? "none")
    if let result = detail.result { writer.fact("returns", foreign: result) }
    let volatility = ["i": "immutable", "s": "stable", "v": "volatile"][detail.volatility]
    writer.fact(
      "language", foreign: [detail.language, volatility].compactMap { $0 }.joined(separator: ", "))
    var rights = Line("of who calls it (SECURITY INVOKER)")
    if detail.isSecurityDefiner {
      rights = Line("of its owner (SECURITY DEFINER)", .warning)
      let isFixed = detail.settings.contains { $0.hasPrefix("search_path=") }
      if !isFixed { rights.add(", search_path not fixed", .danger) }
    }
    writer.fact("rights", rights)
    if !detail.settings.isEmpty {
      writer.fact("settings", foreign: detail.settings.joined(separator: ", "))
    }
    writeCommonFacts()
    let triggers = index.triggers(calling: identity)
    if !triggers.isEmpty {
      writer.section("Called by triggers", count: triggers.count)
      writer.entries(
        triggers.map {
          DetailWriter.Entry(
            name: $0.identity.name, body: [("on \($0.identity.table?.shortName ?? "")", .muted)],
            part: .object($0.identity))
        })
    }
    writeGrants(on: identity)
    writer.section("Definition")
    if object.definition.isEmpty {
      writer.add(Line("  d reads it", .muted))
    } else {
      writer.add(foreign: object.definition)
    }
  }
}
