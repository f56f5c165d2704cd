import Schema
import Script
import Synchronization

/// Names as they were when a statement was written.
extension ExpectedSchema {
  /// What was there under which names after the first `count` changes of names.
  func formerNames(since count: Int) -> FormerNames {
    formerTimes.names(after: count) { readFormerNames(since: count) }
  }

  /// Whether a text may name something that has another name since.
  func mayBeRenamed(in text: String, since count: Int) -> Bool {
    let text = text.lowercased()
    return renames.dropFirst(count).contains { change in
      guard Self.areNamedInTexts.contains(change.old.kind) else { return change.old.kind == .schema }
      return Identifier.isNamed(change.old.name.lowercased(), in: text)
    }
  }

  private func readFormerNames(since count: Int) -> FormerNames {
    let changes = NamesSince(renames.dropFirst(count))
    let there = objects.filter {
      Self.areNamedInTexts.contains($0.key.kind) && $0.value.existence == .present
    }
    return FormerNames(
      objects: there.keys.map(changes.former), present: changes.present, columns: changes.columns)
  }

  private static let areNamedInTexts: Set<ObjectKind> = [
    .table, .foreignTable, .view, .materializedView, .column, .sequence, .function, .procedure, .aggregate,
    .type, .domain,
  ]
}

/// The names of former times, each gathered once where there are not too many to be kept.
final class FormerTimes: Sendable {
  private static let mostKept = 16
  private let known = Mutex<[Int: FormerNames]>([:])

  fileprivate func names(after count: Int, _ read: () -> FormerNames) -> FormerNames {
    known.withLock { known in
      if let names = known[count] { return names }
      let names = read()
      if known.count >= Self.mostKept { known = [:] }
      known[count] = names
      return names
    }
  }
}

/// Changes of names, put together.
private struct NamesSince {
  /// The identities of today by those of then.
  private(set) var present: [ObjectIdentity: ObjectIdentity] = [:]
  /// The names of columns of today by those of then, by the relation of then.
  private(set) var columns: [ObjectIdentity: [String: String]] = [:]
  /// The identities of then by those of today.
  private var formerIdentities: [ObjectIdentity: ObjectIdentity] = [:]

  init(_ changes: some Sequence<NameChange>) {
    for change in changes {
      switch change.old.kind {
      case .column: renameColumn(change)
      case .schema: moveAll(from: change.old.name, to: change.new.name)
      case .table, .foreignTable, .view, .materializedView, .sequence, .function, .procedure, .aggregate,
        .type, .domain:
        move(change.old, to: change.new)
      default: continue
      }
    }
  }

  private mutating func renameColumn(_ change: NameChange) {
    guard let table = change.old.table else { return }
    let former = former(relation: table)
    let known = columns[former, default: [:]]
    let first = known.first { $0.value == change.old.name }?.key ?? change.old.name
    columns[former, default: [:]][first] = change.new.name
  }

  private mutating func move(_ old: ObjectIdentity, to new: ObjectIdentity) {
    let former = formerIdentities.removeValue(forKey: old) ?? old
    present[former] = new
    formerIdentities[new] = former
  }

  private mutating func moveAll(from old: String, to new: String) {
    for (identity, _) in formerIdentities where identity.schema == old {
      var moved = identity
      moved.schema = new
      move(identity, to: moved)
    }
  }

  /// A column's table is known by its name alone, whatever kind of relation it is.
  private func former(relation: ObjectIdentity) -> ObjectIdentity {
    for kind in ObjectKind.relations {
      if let former = formerIdentities[relation.with(kind: kind)] { return former.with(kind: .table) }
    }
    return relation.with(kind: .table)
  }

  /// The identity of then of something that is there today.
  func former(_ object: ObjectIdentity) -> ObjectIdentity {
    guard object.kind == .column, let table = object.table else { return formerIdentities[object] ?? object }
    let former = former(relation: table)
    let name = columns[former]?.first { $0.value == object.name }?.key ?? object.name
    return .column(former.schema ?? "", former.name, name)
  }
}
