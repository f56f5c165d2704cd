import CPgQuery
import Schema

/// The indexes of partitions that belong to one of the partitioned table: they come with it and go with it.
extension EffectReader {
  /// Makes an index of a partitioned table on each partition too.
  mutating func makePartitionIndexes(
    of index: KnownSchema.Index, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    guard let relation = known.relation(table.schema ?? "", table.name), relation.isPartitioned else {
      return
    }
    for child in relation.children {
      let partition = ObjectIdentity.table(child.schema, child.name)
      lock(.share, partition, scans: true)
      makePartitionIndex(of: index, on: partition, when: condition)
    }
  }

  /// Gives a partition the index that one of the partitioned table asks for: an equal one that it has and that belongs to
  /// none yet, or else a new one.
  mutating func makePartitionIndex(
    of parent: KnownSchema.Index, on partition: ObjectIdentity, when condition: EffectCondition
  ) {
    let schema = partition.schema ?? ""
    let own = known.relation(schema, partition.name)?.indexes.first { index in
      withoutOrder(index.definition) == withoutOrder(parent.definition)
        && index.detail.isUnique == parent.detail.isUnique
        && (parent.detail.constraint == nil || index.detail.constraint != nil)
        && known.relation(schema, index.name)?.parents.isEmpty ?? true
    }
    if let own {
      alter(
        .index(schema, own.name), when: condition,
        definition: "PARTITION OF \(Self.identity(of: parent).qualifiedName)")
      attach(own, to: parent)
    } else {
      let clone = makeClone(of: parent, on: partition, when: condition)
      attach(clone, to: parent)
      makePartitionIndexes(of: clone, on: partition, when: condition)
    }
  }

  /// Notes that an index of a partition, and the constraint that it is behind, go with those of the partitioned table.
  mutating func attach(_ index: KnownSchema.Index, to parent: KnownSchema.Index) {
    let (identity, owner) = (Self.identity(of: index), Self.identity(of: parent))
    known.insert(identity, partOf: [owner])
    known.relations[QualifiedName(identity.schema ?? "", identity.name)]?.parents = [
      QualifiedName(owner.schema ?? "", owner.name)
    ]
    guard let constraint = Self.constraint(behind: index), let kept = Self.constraint(behind: parent) else {
      return
    }
    known.insert(constraint, partOf: [kept])
  }

  /// Notes that the indexes of a table that is no partition any more stand alone.
  mutating func releaseIndexes(of partition: ObjectIdentity, from table: ObjectIdentity) {
    let schema = partition.schema ?? ""
    let parents = known.relation(table.schema ?? "", table.name)?.indexes ?? []
    for index in known.relation(schema, partition.name)?.indexes ?? [] {
      let key = QualifiedName(schema, index.name)
      for parent in parents
      where known.relations[key]?.parents.contains(QualifiedName(table.schema ?? "", parent.name)) ?? false {
        known.release(Self.identity(of: index), from: Self.identity(of: parent))
        if let constraint = Self.constraint(behind: index), let former = Self.constraint(behind: parent) {
          known.release(constraint, from: former)
        }
        known.relations[key]?.parents = []
      }
    }
  }

  /// What the server compares of two such indexes (`CompareIndexInfo`): the direction of their keys is no part of it.
  private func withoutOrder(_ definition: String) -> String {
    let read = SyntaxTree.withStatements(of: "CREATE INDEX ON t \(definition)") { statements in
      guard let node = statements.first, node.kind == PG_QUERY__NODE__NODE_INDEX_STMT else {
        return definition
      }
      let index = node.pointee.index_stmt.pointee
      return indexTail(index, keys: Self.elements(of: index).map { Self.text($0, withOrder: false) })
    }
    // What cannot be read is compared as it stands.
    return (try? read.get()) ?? definition
  }

  /// An index with everything known of it.
  func knownIndex(_ index: ObjectIdentity) -> KnownSchema.Index? {
    guard let table = known.relation(index.schema ?? "", index.name)?.table else { return nil }
    return known.relations[table]?.indexes.first { $0.name == index.name }
  }

  private static func identity(of index: KnownSchema.Index) -> ObjectIdentity {
    .index(index.detail.table.schema ?? "", index.name)
  }

  private static func constraint(behind index: KnownSchema.Index) -> ObjectIdentity? {
    index.detail.constraint.map { .constraint(index.detail.table.schema ?? "", index.detail.table.name, $0) }
  }
}
