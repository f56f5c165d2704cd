import Schema
import Script

/// How a file runs, judged by its statements: mode, and the statements that are sent.
struct TransactionModeChoice: Sendable {
  var mode: TransactionMode
  var statements: [Statement]

  init(for migration: Migration) {
    let statements = migration.script.statements
    let enclosed = Self.withoutEnclosingTransaction(statements)
    let inner = enclosed ?? statements
    self.statements = inner
    if let reason = Self.reasonAgainstTransaction(inner, migration) {
      mode = .statementByStatement(reason: reason)
      self.statements = statements
    } else {
      mode = .single
    }
  }

  /// The statements without the file's own BEGIN and COMMIT, if one pair encloses all; nil if there is no such pair.
  ///
  /// Settings may stand before the BEGIN: inside the transaction they do the same. A COMMIT behind all without a BEGIN
  /// ends the transaction that a tool has begun around the file, so it goes as well.
  private static func withoutEnclosingTransaction(_ statements: [Statement]) -> [Statement]? {
    let controlling = statements.indices.filter { controlsTransaction(statements[$0]) }
    if controlling.count == 1, let commit = controlling.first, statements[commit].transactionRule == .commit,
      statements[(commit + 1)...].allSatisfy({ $0.tag == "SET" || $0.tag == "RESET" })
    {
      return statements.indices.filter { $0 != commit }.map { statements[$0] }
    }
    guard let begin = statements.firstIndex(where: { $0.transactionRule == .begin }),
      let commit = statements.lastIndex(where: { $0.transactionRule == .commit }), begin < commit,
      statements[..<begin].allSatisfy({ $0.tag == "SET" }),
      statements[(commit + 1)...].allSatisfy({ $0.tag == "SET" || $0.tag == "RESET" })
    else { return nil }
    let inner = statements.indices.filter { $0 != begin && $0 != commit }.map { statements[$0] }
    return inner.contains { controlsTransaction($0) } ? nil : inner
  }

  private static func reasonAgainstTransaction(_ statements: [Statement], _ migration: Migration) -> String? {
    for statement in statements {
      switch statement.transactionRule {
      case .outsideOnly(let command):
        return "\(command) cannot run in a transaction (line \(statement.position.line))"
      case .begin, .commit, .rollback:
        return "the file begins or ends transactions itself (line \(statement.position.line))"
      case .any, .savepoint, .usableAfterCommit:
        continue
      }
    }
    if let use = useBeforeCommit(statements) { return use }
    return migration.forbidsTransaction ? "the file asks for no transaction" : nil
  }

  private static func controlsTransaction(_ statement: Statement) -> Bool {
    switch statement.transactionRule {
    case .begin, .commit, .rollback: true
    case .any, .savepoint, .usableAfterCommit, .outsideOnly: false
    }
  }

  /// A new enum value that a later statement reads, which fails in the transaction that made it (SQLSTATE 55P04) unless
  /// that has made the type, too.
  private static func useBeforeCommit(_ statements: [Statement]) -> String? {
    for (index, statement) in statements.enumerated() {
      guard case .usableAfterCommit = statement.transactionRule else { continue }
      let made = Set(
        statements[..<index].flatMap(\.effects).filter { $0.action == .creates && $0.condition == .always }
          .map(\.object))
      let labels = statement.effects.filter { $0.action == .creates && $0.renamedFrom == nil }.map(\.object)
        .filter { $0.enumeratedType.map { !made.contains($0) } ?? false }
      for later in statements[(index + 1)...] {
        for label in labels where later.reads(label: label) {
          return "'\(label.name)' (line \(statement.position.line)) can be used only after a commit, "
            + "and line \(later.position.line) uses it"
        }
      }
    }
    return nil
  }
}
