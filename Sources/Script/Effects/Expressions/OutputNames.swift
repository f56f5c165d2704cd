import CPgQuery
import Schema

/// Names that stand for an output column of the query around them instead of a column of its tables
/// (`findTargetlistEntrySQL92` in PostgreSQL's `parser/parse_clause.c`).
extension ExpressionReferences {
  /// The names that a query gives to its output columns; for a set operation all that its first branch answers.
  func outputNames(of select: PgQuery__SelectStmt) -> Set<String> {
    var first = select
    while let left = first.larg { first = left.pointee }
    let isSet = select.larg != nil
    return Set(
      list(first.n_target_list, first.target_list).compactMap { node in
        let target = node.pointee.res_target.pointee
        return nonEmpty(target.name) ?? (isSet ? target.val.map(ExpressionNames.outputColumn) : nil)
      })
  }

  /// Walks the items of `GROUP BY`, `ORDER BY` or `DISTINCT ON`, any of which may be the name of an output column.
  ///
  /// - Parameter prefersColumns: whether a column of the tables goes before an output column, as in `GROUP BY`.
  mutating func visitSorting(_ items: [Node], _ outputs: Set<String>, prefersColumns: Bool) {
    for item in items {
      switch item.kind {
      case PG_QUERY__NODE__NODE_SORT_BY:
        guard let value = item.pointee.sort_by.pointee.node else { continue }
        visitSorting([value], outputs, prefersColumns: prefersColumns)
      case PG_QUERY__NODE__NODE_GROUPING_SET:
        let set = item.pointee.grouping_set.pointee
        visitSorting(list(set.n_content, set.content), outputs, prefersColumns: prefersColumns)
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        let reference = item.pointee.column_ref.pointee
        let parts = names(reference.n_fields, reference.fields)
        guard parts.count == 1, reference.n_fields == 1, outputs.contains(parts[0]) else {
          visit(item)
          continue
        }
        guard prefersColumns else { continue }
        visitGrouping(parts[0], item)
      default:
        visit(item)
      }
    }
  }

  /// A name in `GROUP BY` that an output column has, too.
  private mutating func visitGrouping(_ name: String, _ item: Node) {
    guard let scope = scopes.last else { return }
    let tables = scope.sources.map { source in
      source.table.flatMap { reader.known.relation($0.schema ?? "", $0.name) }
    }
    if tables.contains(where: { $0?.columns.contains { $0.name == name } ?? false }) {
      visit(item)
    } else if !tables.allSatisfy({ $0?.areColumnsKnown ?? false }) {
      mentions?.unknownColumns.insert(name)
    }
  }
}
