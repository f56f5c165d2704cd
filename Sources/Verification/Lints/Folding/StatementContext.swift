import Migrations
import Schema
import Script

/// A statement with everything that a lint may ask about it.
struct StatementContext {
  /// The project, its options and its database.
  let facts: LintFacts
  /// Where the statement stands.
  let place: StatementPlace
  /// The statement.
  let statement: Statement
  /// The schema before the statement.
  let schema: LintSchema
  /// The schema after the last statement of the last file.
  let final: LintSchema

  /// The migration.
  var migration: Migration { facts.migrations[place.migration] }

  /// Whether the migration is known to be in, so that what it locked or broke is history.
  var isApplied: Bool { facts.isApplied(migration) }

  /// The statements of the file behind this one.
  var later: ArraySlice<Statement> { migration.script.statements[(statement.index + 1)...] }

  /// Whether others may be using a relation: it was there before this migration.
  func isExisting(_ relation: ObjectIdentity) -> Bool {
    if !isApplied, facts.live(relation) != nil { return true }
    guard let entry = schema.entry(of: relation) else {
      return !statement.effects.contains {
        $0.action == .creates && $0.object.loose == relation.loose
      }
    }
    return entry.madeAt?.migration != place.migration
  }

  /// Whether an earlier statement of the same transaction takes all rows out of a table.
  func isEmptied(_ table: ObjectIdentity) -> Bool {
    isEmptied(table, before: statement, by: ["TRUNCATE TABLE", "DELETE"])
  }

  /// Whether a `TRUNCATE` before a statement, in the same transaction, leaves nothing of a table to go through.
  func isTruncated(_ table: ObjectIdentity, before later: Statement) -> Bool {
    isEmptied(table, before: later, by: ["TRUNCATE TABLE"])
  }

  private func isEmptied(_ table: ObjectIdentity, before later: Statement, by tags: Set<String>) -> Bool {
    let spans = TransactionSpans(migration)
    return migration.script.statements[..<later.index].contains { earlier in
      tags.contains(earlier.tag) && spans.share(earlier.index, later.index)
        && earlier.locks.contains { $0.emptiesTable && $0.relation.loose == table.loose }
    }
  }

  /// How much a lock or a scan of these tables matters; nothing where the migration is in.
  func severity(ofTouching tables: ObjectIdentity...) -> Finding.Severity {
    isApplied ? .pass : facts.severity(ofTouching: tables)
  }

  /// The lock that the statement takes on a table.
  func lock(on table: ObjectIdentity) -> LockForecast? {
    statement.locks.first { $0.relation.loose == table.loose }
  }

  /// What the statement makes for sure that was not there before, but for what it renames.
  var made: [Effect] {
    statement.effects.filter { effect in
      effect.action == .creates && effect.renamedFrom == nil
        && !(effect.condition == .ifNotExists && schema.key(of: effect.object) != nil)
    }
  }

  /// A candidate at this statement.
  func candidate(
    _ code: LintCode, _ severity: Finding.Severity, _ object: ObjectIdentity, _ message: String,
    advice: String? = nil
  ) -> LintCandidate {
    LintCandidate(
      code: code, severity: severity, place: place, object: object, message: message, advice: advice)
  }
}
