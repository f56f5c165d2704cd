import Migrations
import Schema
import Verification

/// What is shown while the operator looks inside the open transaction of a run.
struct InsideLook: Sendable {
  /// Where the run waits.
  var pause: RunProgress.Pause
  /// The catalog that was shown before, to come back to.
  var outside: Snapshot?
  /// What the transaction did to each object so far.
  var changes: [ObjectChange]
  /// What it did to each object of a list: the object itself, or something that belongs to it.
  var marks: [ObjectIdentity: ObjectChange.Kind]
  /// How it changed what roles reach, by object.
  var access: [ObjectIdentity: [AccessChange.Cell]]

  /// Compares the catalog inside with the one that is committed.
  init(pause: RunProgress.Pause, inside: Snapshot, committed: Snapshot, outside: Snapshot?) {
    self.pause = pause
    self.outside = outside
    changes = ObjectChange.sorted(
      ObjectChange.changes(in: SnapshotDifference(from: committed, to: inside)))
    marks = [:]
    let cells = AccessComparison(from: AccessMatrix(committed), to: AccessMatrix(inside)).change.cells
    access = Dictionary(grouping: cells, by: \.object)
    for change in changes {
      guard let identity = change.identity else { continue }
      marks[identity] = change.kind
    }
    for change in changes {
      guard let identity = change.identity, let owner = Self.owner(of: identity, inside, committed) else {
        continue
      }
      for kind in [ObjectKind.table, .view, .materializedView, .foreignTable, .type] {
        let whole = owner.with(kind: kind)
        if marks[whole] == nil, inside.contains(whole) { marks[whole] = .changed }
      }
    }
  }

  /// What something belongs to.
  private static func owner(
    of identity: ObjectIdentity, _ inside: Snapshot, _ committed: Snapshot
  ) -> ObjectIdentity? {
    if let table = identity.table { return table }
    if identity.kind == .enumValue, let type = identity.parent {
      return ObjectIdentity(.type, schema: identity.schema, name: type)
    }
    if identity.kind == .grant { return ObjectIdentity(.table, schema: identity.schema, name: identity.name) }
    guard case .index(let detail)? = (inside[identity] ?? committed[identity])?.detail else { return nil }
    return detail.table
  }

  /// What the transaction did to an object and to what belongs to it.
  func changes(of object: ObjectIdentity) -> [ObjectChange] {
    changes.filter { change in
      guard let identity = change.identity else { return false }
      if identity == object { return true }
      if let table = identity.table { return table.schema == object.schema && table.name == object.name }
      switch identity.kind {
      case .enumValue: return identity.schema == object.schema && identity.parent == object.name
      case .grant: return identity.schema == object.schema && identity.name == object.name
      default: return false
      }
    }
  }
}

extension ConsoleState {
  /// The word for where the operator looks, while that is inside a transaction.
  var insideWords: String? {
    guard let inside else { return nil }
    let place = inside.pause.statement.map { "before statement \($0 + 1)" } ?? "before the commit"
    return "\(inside.pause.migration.rawValue), \(place)"
  }
}
