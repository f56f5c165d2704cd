public import Migrations
public import Schema
import Script

/// What taking a migration back will do to the database as it is, and what it cannot restore.
public struct RevertForecast: Sendable, Hashable {
  /// The migration.
  public var migration: MigrationID
  /// The objects that the script takes away, without what goes with others.
  public var removed: [ObjectIdentity]
  /// The objects that the script makes again or makes anew.
  public var restored: [ObjectIdentity]
  /// What the rows of are lost: tables and columns that go, with the estimated number of rows.
  public var lostRows: [Loss]
  /// What the migration made and the script leaves.
  public var staying: [ObjectIdentity]
  /// What the migration dropped or altered and the script does not bring back, by description.
  public var notRestored: [String]
  /// The statements of the migration that wrote rows; no script here brings back how they were.
  public var writtenRows: [String]

  /// Rows that go with an object.
  public struct Loss: Sendable, Hashable {
    /// The table or column.
    public var object: ObjectIdentity
    /// About how many rows the table has; nil where it was never counted.
    public var rows: Double?
  }

  /// Follows the script of a step on a database.
  ///
  /// - Parameters:
  ///   - snapshot: the database as it is, best with dependencies.
  ///   - role: who runs the script.
  ///   - recorded: what the migration changed when it ran, where the history has it; else its file must tell.
  public init(
    _ step: RevertStep, on snapshot: Snapshot, role: String, recorded: RecordedChanges? = nil
  ) {
    migration = step.migration.id
    var prediction = CatalogPrediction(snapshot, role: role)
    let before = prediction.objects
    for statement in step.statements { prediction.follow(statement) }
    let after = prediction.objects
    let gone = before.subtracting(after)
    removed = Self.wholes(gone)
    restored = Self.wholes(
      after.subtracting(before).union(prediction.changed.intersection(before).intersection(after)))
    lostRows = removed.filter { Self.holdsRows($0.kind) }.map { object in
      var rows: Double?
      if case .relation(let detail)? = snapshot[object.table ?? object]?.detail {
        rows = detail.estimatedRows
      }
      return Loss(object: object, rows: rows)
    }

    let effects = step.migration.script.statements.flatMap(\.effects)
    let made = Set(effects.filter { $0.action == .creates }.map(\.object))
    let touched = Set(step.statements.flatMap(\.effects).filter { $0.action != .uses }.map(\.object))
    if let recorded {
      let created = Set(recorded.created)
      let altered = Set(recorded.altered)
      staying = Self.wholes(made.intersection(after).filter { created.contains($0.description) })
      let changed = snapshot.objects.keys.filter { altered.contains($0.description) }
      notRestored =
        Self.wholes(Set(changed.filter { !touched.contains($0) || !after.contains($0) })).map(\.description)
        + recorded.dropped.filter { name in
          !name.hasPrefix("grant ") && !after.contains { $0.description == name }
        }.sorted()
    } else {
      let dropped = Set(effects.filter { $0.action == .drops && $0.condition == .always }.map(\.object))
      let altered = Set(effects.filter { $0.action == .alters }.map(\.object))
      let lost = dropped.subtracting(made).subtracting(after).union(
        altered.subtracting(made).intersection(after))
      staying = Self.wholes(made.intersection(after))
      notRestored = Self.wholes(lost.subtracting(touched)).map(\.description)
    }
    let tags: Set<String> = ["UPDATE", "DELETE", "MERGE", "TRUNCATE TABLE"]
    writtenRows = step.migration.script.statements.filter { tags.contains($0.tag) }.map { statement in
      let table = statement.locks.first { $0.mode >= .rowExclusive }?.relation.qualifiedName
      return table.map { "\(statement.tag) \($0)" } ?? statement.tag
    }
    .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether everything is as before the migration, as far as its text tells.
  public var isComplete: Bool {
    lostRows.isEmpty && staying.isEmpty && notRestored.isEmpty && writtenRows.isEmpty
  }

  private static func holdsRows(_ kind: ObjectKind) -> Bool {
    [.table, .column, .materializedView, .foreignTable].contains(kind)
  }

  /// Objects without the parts of those among them, and without what nobody looks for by name.
  private static func wholes(_ objects: Set<ObjectIdentity>) -> [ObjectIdentity] {
    let tables = objects.filter { $0.table == nil }
    let names = Set(tables.map { [$0.schema, $0.name] })
    return objects.filter { object in
      if [.comment, .grant, .defaultPrivilege, .sequence, .enumValue].contains(object.kind) { return false }
      guard let table = object.table else { return true }
      return !names.contains([table.schema, table.name])
    }
    .sorted()
  }
}
