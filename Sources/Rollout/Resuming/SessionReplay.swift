import Script

/// What a new session must be told again before a migration goes on behind statements that an earlier session ran.
///
/// A setting lasts as long as its session: without this, what follows `SET search_path = app` would land in another
/// schema after an interruption.
struct SessionReplay: Sendable, Hashable {
  /// The places of the statements to send again, in order.
  var statements: [Int] = []
  /// What went with the earlier session and cannot be had again although the rest needs it; nil if nothing did.
  var lostObject: String?

  /// Looks through a migration of which the first `done` statements ran.
  init(_ all: [Statement], done: Int) {
    var inTransaction: [Int]?
    var temporary: Set<String> = []
    for (index, statement) in all.prefix(done).enumerated() {
      switch statement.transactionRule {
      case .begin: inTransaction = inTransaction ?? []
      case .commit:
        statements += inTransaction ?? []
        inTransaction = nil
      case .rollback: inTransaction = nil
      default:
        if Self.setsSession(statement) {
          if inTransaction == nil { statements.append(index) } else { inTransaction?.append(index) }
        }
      }
      if let name = Self.temporaryObject(statement) { temporary.insert(name) }
    }
    let rest = all.dropFirst(done)
    lostObject = temporary.sorted().first { name in rest.contains { $0.text.lowercased().contains(name) } }
  }

  /// The name of the temporary table, view or sequence that a statement makes, in lower case; effects leave these out,
  /// because nothing of them stays.
  private static func temporaryObject(_ statement: Statement) -> String? {
    let words = statement.text.prefix(600).lowercased().split { " \n\t(".contains($0) }
    guard words.first == "create" || words.first == "select" else { return nil }
    guard let mark = words.prefix(12).firstIndex(where: { $0 == "temp" || $0 == "temporary" }) else {
      return nil
    }
    let skipped: Set<Substring> = ["table", "view", "sequence", "recursive", "if", "not", "exists"]
    let name = words[(mark + 1)...].first { !skipped.contains($0) }
    return name?.split(separator: ".").last.map { String($0.filter { $0 != "\"" && $0 != ";" }) }
  }

  /// Whether a statement changes nothing but its session.
  private static func setsSession(_ statement: Statement) -> Bool {
    switch statement.tag {
    case "SET", "RESET", "PREPARE", "DEALLOCATE", "LISTEN", "UNLISTEN", "DISCARD PLANS", "DISCARD ALL",
      "LOAD":
      return true
    case "SELECT":
      // The first lines of every pg_dump; one call and nothing else, so that nothing is done twice.
      let text = statement.text.lowercased()
      return text.contains("set_config(") && text.count { $0 == "(" } == 1
    default:
      return false
    }
  }
}
