import Schema
import Testing

@testable import Script

/// One row of a table of statements: what was read before, a statement, and everything that is known of it.
struct StatementCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// Statements of the same file before it.
  var earlier = ""
  var sql: String
  /// One line each for effects, locks, transaction rule, repetition and opacity.
  var expected: String

  var testDescription: String { name }

  /// What is known of the statement, in the words of `expected`.
  var actual: String {
    let script = ScriptParser.parse(earlier.isEmpty ? sql : earlier + ";\n" + sql)
    guard let statement = script.statements.last else { return "" }
    return StatementDescription.lines(of: statement).joined(separator: "\n")
  }
}

/// What is known of a statement, written for people.
enum StatementDescription {
  /// One line each for effects, locks, transaction rule, repetition and opacity, without what is ordinary.
  static func lines(of statement: Statement) -> [String] {
    var lines = statement.effects.map(line)
    lines += statement.possibleEffects.map { possible in
      String(
        "perhaps \(possible.effect.action) \(possible.effect.object)".map {
          $0 == PossibleEffect.unknownName || $0 == PossibleEffect.unknownText ? "?" : $0
        })
    }
    lines += statement.locks.map { lock in
      "locks \(lock.relation) \(lock.mode)\(lock.rewritesTable ? " rewriting" : "")\(lock.scansTable ? " scanning" : "")"
    }
    switch statement.transactionRule {
    case .any: break
    case .outsideOnly(let command): lines.append("only outside a transaction: \(command)")
    case .usableAfterCommit(let command): lines.append("usable after commit: \(command)")
    case .begin, .commit, .rollback, .savepoint: lines.append("transaction: \(statement.transactionRule)")
    }
    switch statement.repetition {
    case .harmless: break
    case .unknown(let reason): lines.append("again: unknown, \(reason)")
    case .changes(let reason): lines.append("again: \(reason)")
    case .fails(let reason): lines.append("again: fails, \(reason)")
    }
    if let opacity = statement.opacity { lines.append("opaque: \(opacity)") }
    return lines
  }

  private static func line(_ effect: Effect) -> String {
    var text = "\(effect.action) \(effect.object)"
    switch effect.condition {
    case .always: break
    case .ifNotExists: text += " if not exists"
    case .ifExists: text += " if exists"
    case .orReplace: text += " or replace"
    case .guarded(let condition): text += " guarded (\(condition))"
    }
    if !effect.hosts.isEmpty {
      text += " where \(effect.hosts.map(\.description).joined(separator: ", ")) is there"
    }
    if effect.isLateBound { text += " late" }
    if let definition = effect.definition { text += " := \(definition)" }
    if let old = effect.renamedFrom { text += " from \(old.qualifiedName)" }
    return text
  }
}
