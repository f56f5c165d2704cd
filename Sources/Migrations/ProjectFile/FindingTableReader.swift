import TOML

/// Reads `[findings]`: what the project says about findings on access (docs/findings.md).
enum FindingTableReader {
  /// The options that the table declares; what is wrong with it is added to the problems.
  static func read(_ table: TOMLTable, problems: inout ProjectFileProblems) -> FindingOptions {
    problems.refuseUnknownKeys(in: table, of: "the options of findings", known: ["verify", "ignore"])
    var options = FindingOptions()
    if let isVerified = problems.reading({ () throws(TOMLError) in try table.boolean("verify") }) {
      options.isVerified = isVerified
    }
    if let ignored = problems.reading({ () throws(TOMLError) in try table.table("ignore") }) {
      for name in ignored.keys {
        let reason = problems.reading { () throws(TOMLError) in try ignored.string(name) }
        guard let reason else { continue }
        if reason.allSatisfy({ $0 == " " }), let value = ignored[name] {
          problems.add(
            "missing-reason", "`\(name)` is ignored without a reason", at: value.position,
            advice: "say why the project can live with it")
        }
        options.ignored[name] = reason
      }
    }
    return options
  }
}
