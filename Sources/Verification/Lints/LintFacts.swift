import Migrations
import Schema

/// What lints know beside the statements: the platform, the options, and the database if there is one.
struct LintFacts: Sendable {
  /// The migrations that can run, in order; a ``StatementPlace`` counts in them.
  var migrations: [Migration]
  /// What the host gives before the first migration.
  var platform: Platform
  /// What the project asks for.
  var options: LintOptions
  /// The database, if one was given.
  var target: LintTarget?

  /// Whether a migration is known to be in: the database says so, or without one the folder in which the file lies.
  func isApplied(_ migration: Migration) -> Bool {
    target?.applied.contains(migration.id) ?? (migration.place == .applied)
  }

  /// The relation as the catalog holds it, whatever its kind.
  func live(_ relation: ObjectIdentity) -> RelationDetail? {
    for kind in ObjectKind.relations {
      if case .relation(let detail)? = target?.snapshot[relation.with(kind: kind)]?.detail { return detail }
    }
    return nil
  }

  // MARK: Sizes

  /// How much a lock or a scan of these tables matters: nothing on small ones, most on large ones, and a warning where
  /// the size is not known.
  func severity(ofTouching tables: [ObjectIdentity]) -> Finding.Severity {
    guard target != nil else { return .warning }
    return tables.map(severity).max() ?? .warning
  }

  private func severity(_ table: ObjectIdentity) -> Finding.Severity {
    guard let detail = live(table) else { return .warning }
    if let rows = detail.estimatedRows {
      if rows >= Double(options.largeTableRows) { return .failure }
      return rows < Double(options.smallTableRows) ? .pass : .warning
    }
    // Never analysed: judged as if a row took a hundred bytes.
    if detail.bytes / 100 >= options.largeTableRows { return .failure }
    return detail.bytes / 100 < options.smallTableRows ? .pass : .warning
  }

  /// The table's name, with its size where that is known.
  func sized(_ table: ObjectIdentity) -> String {
    guard let rows = live(table)?.estimatedRows else { return table.qualifiedName }
    return "\(table.qualifiedName) (about \(Self.text(rows)) rows)"
  }

  private static func text(_ rows: Double) -> String {
    switch rows {
    case 10_000_000...: "\(Int(rows / 1_000_000)) million"
    case 1_000_000...: "\((rows / 100_000).rounded() / 10) million"
    default: "\(Int(rows))"
    }
  }
}
