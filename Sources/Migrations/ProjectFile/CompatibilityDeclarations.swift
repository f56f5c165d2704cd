import TOML

/// One `[[stage]]`.
struct StageDeclaration: Sendable {
  var name: String
  var through: TOMLText
}

/// One `[[component]]`.
struct ComponentDeclaration: Sendable {
  var name: String
  var needs: [TOMLText]
  var wants: [TOMLText]
  var stated: [(stage: TOMLText, support: ComponentSupport)]
  var test: String?
}

/// Reads `[[stage]]` and `[[component]]`.
enum CompatibilityTableReader {
  static func stage(_ table: TOMLTable, problems: inout ProjectFileProblems) -> StageDeclaration? {
    problems.refuseUnknownKeys(in: table, of: "a stage", known: ["name", "through"])
    let name = problems.required("name", in: table, of: "the stage")
    let through = problems.reading { () throws(TOMLError) in try table.text("through") }
    if table["through"] == nil {
      problems.add(
        "missing-key", "the stage has no `through`", at: table.position,
        advice: "name the last migration that is in: through = \"070\"")
    }
    guard let name, let through else { return nil }
    return StageDeclaration(name: name, through: through)
  }

  static func component(_ table: TOMLTable, problems: inout ProjectFileProblems) -> ComponentDeclaration? {
    problems.refuseUnknownKeys(
      in: table, of: "a component", known: ["name", "needs", "wants", "support", "test"])
    let name = problems.required("name", in: table, of: "the component")
    let needs = problems.reading { () throws(TOMLError) in try table.strings("needs") } ?? []
    let wants = problems.reading { () throws(TOMLError) in try table.strings("wants") } ?? []
    let test = problems.reading { () throws(TOMLError) in try table.string("test") }
    let stated = stated(in: table, problems: &problems)
    guard let name else { return nil }
    return ComponentDeclaration(name: name, needs: needs, wants: wants, stated: stated, test: test)
  }

  private static func stated(
    in table: TOMLTable, problems: inout ProjectFileProblems
  ) -> [(stage: TOMLText, support: ComponentSupport)] {
    guard table["support"] != nil,
      let stages = problems.reading({ () throws(TOMLError) in try table.table("support") })
    else { return [] }
    return stages.entries.compactMap { entry in
      guard case .string(let word) = entry.value.kind, let support = ComponentSupport(rawValue: word) else {
        problems.add(
          "unknown-support", "the support at the stage `\(entry.key.name)` is none that there is",
          at: entry.value.position, advice: "write \"full\", \"partial\" or \"none\"")
        return nil
      }
      return (TOMLText(text: entry.key.name, position: entry.key.position), support)
    }
  }
}
