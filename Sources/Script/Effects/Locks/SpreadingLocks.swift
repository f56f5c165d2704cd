import CPgQuery
import Schema

/// Locks on other tables than the one that a statement names: on those that refer to it or inherit from it, on those
/// whose parts go with what is dropped, on those that use a domain.
extension EffectReader {
  /// Notes the lock that it takes to drop an object, or one that goes with it.
  ///
  /// A foreign key has triggers on the table that it refers to, and a partition is known to its parent's bounds: so both
  /// tables are locked too.
  mutating func lockGoing(_ object: ObjectIdentity, with first: ObjectIdentity) {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView:
      lock(.accessExclusive, object)
      for parent in known.relation(object.schema ?? "", object.name)?.parents ?? []
      where known.relation(parent.schema, parent.name)?.isPartitioned ?? false {
        lock(.accessExclusive, .table(parent.schema, parent.name))
      }
    case .constraint:
      lockTable(of: object)
      let constraints = known.relation(object.schema ?? "", object.parent ?? "")?.constraints ?? []
      let referenced = constraints.first { $0.name == object.name }?.detail.referencedTable
      if let referenced { lock(.accessExclusive, referenced) }
    case .column, .trigger, .policy, .rule:
      lockTable(of: object)
    case .index where object != first:
      if let table = tableOfIndex(object) { lock(.accessExclusive, table) }
    case .statistics:
      for table in known.owners(of: object) where table.isRelation { lock(.shareUpdateExclusive, table) }
    default: break
    }
  }

  private mutating func lockTable(of part: ObjectIdentity) {
    if let table = part.table { lock(.accessExclusive, relation([table.schema ?? "", table.name])) }
  }

  /// The tables that inherit from a table and its partitions, theirs among them.
  func heirs(of table: ObjectIdentity) -> [ObjectIdentity] {
    (known.relation(table.schema ?? "", table.name)?.children ?? []).flatMap { child in
      let heir = relation([child.schema, child.name])
      return [heir] + heirs(of: heir)
    }
  }

  /// The relations that a view reads, with those behind views among them; none for what is no view.
  func sources(behind view: ObjectIdentity) -> [ObjectIdentity] {
    var found: [ObjectIdentity] = []
    var open = [view]
    while let next = open.popLast() {
      guard next == view || next.kind == .view, next.kind == .view || next.kind == .materializedView else {
        continue
      }
      let read = known.owners(of: next).filter { $0.isRelation && $0 != view && !found.contains($0) }
      found += read
      open += read
    }
    return found
  }

  /// The tables whose foreign keys refer to one of some tables, and those that refer to these, in order
  /// (`heap_truncate_find_FKs` in PostgreSQL's `catalog/heap.c`).
  func tablesReferring(to tables: [ObjectIdentity]) -> [ObjectIdentity] {
    var referenced = Set(tables.flatMap { [$0] + partitionedAncestors(of: $0) })
    var found: [ObjectIdentity] = []
    var isComplete = false
    while !isComplete {
      isComplete = true
      for (name, relation) in known.relations.sorted(by: {
        ($0.key.schema, $0.key.name) < ($1.key.schema, $1.key.name)
      }) {
        let table = ObjectIdentity.table(name.schema, name.name)
        let refers = relation.constraints.contains {
          $0.detail.referencedTable.map(referenced.contains) ?? false
        }
        guard refers, !tables.contains(table), !found.contains(table) else { continue }
        let added = [table] + (relation.isPartitioned ? heirs(of: table) : [])
        found += added.filter { !tables.contains($0) && !found.contains($0) }
        referenced.formUnion(added + partitionedAncestors(of: table))
        isComplete = false
      }
    }
    return found
  }

  private func partitionedAncestors(of table: ObjectIdentity) -> [ObjectIdentity] {
    (known.relation(table.schema ?? "", table.name)?.parents ?? []).flatMap { parent -> [ObjectIdentity] in
      guard known.relation(parent.schema, parent.name)?.isPartitioned ?? false else { return [] }
      let ancestor = ObjectIdentity.table(parent.schema, parent.name)
      return [ancestor] + partitionedAncestors(of: ancestor)
    }
  }

  /// Whether a subcommand of `ALTER TABLE` is carried out on the heirs too (`ATPrepCmd` in `tablecmds.c`).
  func reachesHeirs(_ command: PgQuery__AlterTableCmd, of table: ObjectIdentity) -> Bool {
    let isPartitioned = known.relation(table.schema ?? "", table.name)?.isPartitioned ?? false
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn, PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault, PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull, PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics, PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint, PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return true
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      guard let node = command.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT else { return false }
      return isPartitioned || node.pointee.constraint.pointee.contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK
    default:
      return false
    }
  }

  /// Notes that the rows of all tables are read that have a column of a domain.
  mutating func scanTables(using domain: ObjectIdentity) {
    for (name, relation) in known.relations.sorted(by: {
      ($0.key.schema, $0.key.name) < ($1.key.schema, $1.key.name)
    })
    where relation.kind == .table && relation.columns.contains(where: { $0.typeIdentity == domain }) {
      lock(.share, .table(name.schema, name.name), scans: true)
    }
  }
}
