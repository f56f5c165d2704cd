import Schema
import Script

extension StatementContext {
  /// A column that the statement adds to a table in use.
  struct NewColumn {
    /// The column.
    var object: ObjectIdentity
    /// Its table.
    var table: ObjectIdentity
    /// What the statement says of it.
    var detail: ColumnDetail
  }

  /// The columns that the statement adds to tables in use; partitions get theirs with the table.
  var newColumns: [NewColumn] {
    var names: Set<String> = []
    return made.compactMap { effect in
      guard case .column(let detail) = effect.detail, let table = effect.object.table,
        lock(on: table) != nil, isExisting(table), names.insert(effect.object.name).inserted
      else { return nil }
      return NewColumn(object: effect.object, table: table, detail: detail)
    }
  }
}
