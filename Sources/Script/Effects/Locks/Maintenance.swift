import CPgQuery
import Schema

extension EffectReader {
  /// `VACUUM` and `ANALYZE`.
  mutating func readVacuum(_ statement: PgQuery__VacuumStmt) {
    let isVacuum = statement.is_vacuumcmd != 0
    let isFull = options(statement.n_options, statement.options).contains {
      $0.name == "full" && $0.arg?.booleanValue ?? true
    }
    if isVacuum { transactionRule = .outsideOnly("VACUUM") }
    for node in list(statement.n_rels, statement.rels) {
      guard let range = node.pointee.vacuum_relation.pointee.relation?.pointee else { continue }
      let table = relation(range)
      use(table)
      lock(isFull ? .accessExclusive : .shareUpdateExclusive, table, rewrites: isFull, scans: true)
    }
  }

  /// `CLUSTER`.
  mutating func readCluster(_ statement: PgQuery__ClusterStmt) {
    guard let range = statement.relation?.pointee else {
      transactionRule = .outsideOnly("CLUSTER")
      return
    }
    let table = relation(range)
    use(table)
    lock(.accessExclusive, table, rewrites: true, scans: true)
    guard let index = nonEmpty(statement.indexname) else { return }
    use(.index(table.schema ?? "", index))
    alter(table, definition: "CLUSTER ON \(Identifier.quoted(index))")
  }

  /// `REINDEX`.
  mutating func readReindex(_ statement: PgQuery__ReindexStmt) {
    let isConcurrent = options(statement.n_params, statement.params).contains {
      $0.name == "concurrently" && $0.arg?.booleanValue ?? true
    }
    switch statement.kind {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
      transactionRule = .outsideOnly("REINDEX SCHEMA")
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM:
      transactionRule = .outsideOnly("REINDEX SYSTEM")
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE:
      transactionRule = .outsideOnly("REINDEX DATABASE")
    default: if isConcurrent { transactionRule = .outsideOnly("REINDEX CONCURRENTLY") }
    }
    guard let range = statement.relation?.pointee else { return }
    let isIndex = statement.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX
    let target = relation(range, isIndex ? .index : .table)
    use(target)
    if isConcurrent {
      lock(.shareUpdateExclusive, target, scans: true)
    } else {
      lock(isIndex ? .accessExclusive : .share, target, rewrites: isIndex, scans: true)
      if isIndex, let table = tableOfIndex(target) { lock(.share, table, scans: true) }
    }
  }

  /// `BEGIN`, `COMMIT`, `ROLLBACK`, savepoints.
  mutating func readTransaction(_ statement: PgQuery__TransactionStmt) {
    switch statement.kind {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN, PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      transactionRule = .begin
      pathAfterRollback = searchPath
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
      transactionRule = .commit
      searchPath = pathAfterCommit ?? searchPath
      endTransaction()
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
      transactionRule = .rollback
      searchPath = pathAfterRollback ?? pathAfterCommit ?? searchPath
      endTransaction()
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
      transactionRule = .outsideOnly("COMMIT PREPARED")
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
      transactionRule = .outsideOnly("ROLLBACK PREPARED")
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE: transactionRule = .commit
    default: transactionRule = .savepoint
    }
  }

  private mutating func endTransaction() {
    pathAfterCommit = nil
    pathAfterRollback = nil
  }
}
