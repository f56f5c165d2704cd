import TOML

/// Reads `[lint]`: what the project asks of the linter (docs/lints.md).
enum LintTableReader {
  /// The options that the table declares; what is wrong with it is added to the problems.
  static func read(_ table: TOMLTable, problems: inout ProjectFileProblems) -> LintOptions {
    problems.refuseUnknownKeys(
      in: table, of: "the lint options",
      known: ["idempotent", "small_table_rows", "large_table_rows", "ignore"])
    var options = LintOptions()
    if let idempotent = problems.reading({ () throws(TOMLError) in try table.boolean("idempotent") }) {
      options.requiresIdempotence = idempotent
    }
    if let rows = problems.reading({ () throws(TOMLError) in try table.integer("small_table_rows") }) {
      options.smallTableRows = rows
    }
    if let rows = problems.reading({ () throws(TOMLError) in try table.integer("large_table_rows") }) {
      options.largeTableRows = rows
    }
    if let ignored = problems.reading({ () throws(TOMLError) in try table.table("ignore") }) {
      for name in ignored.keys {
        let reason = problems.reading { () throws(TOMLError) in try ignored.string(name) }
        if let reason { options.ignored[name] = reason }
      }
    }
    return options
  }
}
