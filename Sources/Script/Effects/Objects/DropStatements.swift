import CPgQuery
import Schema

extension EffectReader {
  /// `DROP` of anything that has an object type.
  mutating func readDrop(_ statement: PgQuery__DropStmt) {
    let condition: EffectCondition = statement.missing_ok != 0 ? .ifExists : .always
    let cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE
    let isConcurrent = statement.concurrent != 0
    if isConcurrent { transactionRule = .outsideOnly("DROP INDEX CONCURRENTLY") }
    for node in list(statement.n_objects, statement.objects) {
      guard let object = object(statement.remove_type, node) else { continue }
      lockDropped(object, isConcurrent: isConcurrent)
      if object.kind == .schema, cascade {
        dropSchemaContents(object.name, when: condition)
        if !known.contains(object) { markOpaque("everything in schema \(object.name) goes with it") }
      }
      drop(object, when: condition, cascade: cascade)
    }
  }

  private mutating func lockDropped(_ object: ObjectIdentity, isConcurrent: Bool) {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      lock(.accessExclusive, object)
    case .index:
      let mode: LockMode = isConcurrent ? .shareUpdateExclusive : .accessExclusive
      if let table = tableOfIndex(object) { lock(mode, table) }
      lock(mode, object)
    case .trigger, .policy, .rule:
      if let table = object.table { lock(.accessExclusive, relation([table.schema ?? "", table.name])) }
    default:
      break
    }
  }

  private mutating func dropSchemaContents(_ schema: String, when condition: EffectCondition) {
    for object in known.objects(inSchema: schema) where known.contains(object) {
      drop(object, when: condition == .always ? .ifExists : condition, cascade: true)
    }
  }
}
