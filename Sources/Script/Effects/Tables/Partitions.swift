import CPgQuery
import Schema

extension EffectReader {
  /// `ATTACH PARTITION`: the partition's rows are checked against the bound.
  mutating func attachPartition(_ command: PgQuery__AlterTableCmd, to table: ObjectIdentity) {
    guard let definition = command.def?.pointee.partition_cmd?.pointee, let range = definition.name?.pointee
    else { return }
    let partition = relation(range)
    use(partition)
    lock(.shareUpdateExclusive, table)
    lock(.accessExclusive, partition, scans: true)
    noteRepetition(.fails("\(partition) is already a partition"))
    let bound = definition.bound.map { boundText($0.pointee) } ?? ""
    alter(partition, definition: "PARTITION OF \(table.qualifiedName) \(bound)")
    let parent = QualifiedName(table.schema ?? "", table.name)
    let child = QualifiedName(partition.schema ?? "", partition.name)
    known.relations[child]?.parents.append(parent)
    known.relations[parent]?.children.append(child)
    known.insert(partition, partOf: [table])
    for index in known.relations[parent]?.indexes ?? [] {
      makePartitionIndex(of: index, on: partition, when: .always)
    }
    makeRowTriggers(of: parent, on: partition, when: .always)
    let names = Set((known.relations[child]?.constraints ?? []).map(\.name))
    for constraint in known.relations[parent]?.constraints ?? []
    where constraint.detail.kind == .foreignKey && !names.contains(constraint.name) {
      makeKnownConstraint(constraint, on: partition, when: .always)
    }
  }

  /// `DETACH PARTITION`.
  mutating func detachPartition(_ command: PgQuery__AlterTableCmd, from table: ObjectIdentity) {
    guard let definition = command.def?.pointee.partition_cmd?.pointee, let range = definition.name?.pointee
    else { return }
    let partition = relation(range)
    use(partition)
    let isConcurrent = definition.concurrent != 0
    lock(isConcurrent ? .shareUpdateExclusive : .accessExclusive, table)
    lock(.accessExclusive, partition)
    if isConcurrent { transactionRule = .outsideOnly("ALTER TABLE … DETACH CONCURRENTLY") }
    noteRepetition(.fails("\(partition) is no partition any more"))
    alter(partition, definition: "NO PARTITION OF \(table.qualifiedName)")
    // The triggers that came from the partitioned table go.
    for trigger in known.closure(ofDropping: table, cascade: false)
    where trigger.kind == .trigger && trigger.parent == partition.name && trigger.schema == partition.schema {
      let isCopy = known.contains(.trigger(table.schema ?? "", table.name, trigger.name))
      if isCopy { drop(trigger, when: .ifExists) }
    }
    releaseIndexes(of: partition, from: table)
    forgetParent(table, of: partition)
  }

  /// `INHERIT` and `NO INHERIT`.
  mutating func changeInheritance(_ command: PgQuery__AlterTableCmd, of table: ObjectIdentity) {
    guard let range = command.def?.pointee.range_var?.pointee else { return }
    let parent = relation(range)
    use(parent)
    lock(.accessExclusive, table)
    let isAdded = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit
    lock(isAdded ? .shareUpdateExclusive : .accessShare, parent)
    alter(table, definition: (isAdded ? "INHERIT " : "NO INHERIT ") + parent.qualifiedName)
    noteRepetition(.fails("it \(isAdded ? "already inherits" : "does not inherit") from \(parent)"))
    let parentName = QualifiedName(parent.schema ?? "", parent.name)
    let childName = QualifiedName(table.schema ?? "", table.name)
    if isAdded {
      known.relations[childName]?.parents.append(parentName)
      known.relations[parentName]?.children.append(childName)
    } else {
      forgetParent(parent, of: table)
    }
  }

  private mutating func forgetParent(_ parent: ObjectIdentity, of child: ObjectIdentity) {
    let parentName = QualifiedName(parent.schema ?? "", parent.name)
    let childName = QualifiedName(child.schema ?? "", child.name)
    known.relations[childName]?.parents.removeAll { $0 == parentName }
    known.relations[parentName]?.children.removeAll { $0 == childName }
    known.release(child, from: parent)
  }
}
