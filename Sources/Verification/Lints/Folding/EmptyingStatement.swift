import Schema
import Script

/// Tells which statements take all rows out of a table: `TRUNCATE`, and a `DELETE` that names no rows.
enum EmptyingStatement {
  /// The command tag of `TRUNCATE`.
  static let truncating = "TRUNCATE TABLE"

  /// The words that make a `DELETE` take less than all rows, or may.
  private static let limiting: Set<String> = ["where", "using", "only", "with"]

  /// Whether a statement takes all rows out of a table.
  static func empties(_ statement: Statement, _ table: ObjectIdentity) -> Bool {
    guard statement.locks.contains(where: { $0.relation.loose == table.loose }) else { return false }
    switch statement.tag {
    case truncating: return true
    case "DELETE":
      let words = statement.text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      return !words.contains { limiting.contains(String($0)) }
    default: return false
    }
  }
}
