import CLibpq

/// A `PGresult`, freed when it is dropped.
final class LibpqResult {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { PQclear(pointer) }

  var kind: ResultKind {
    switch PQresultStatus(pointer) {
    case PGRES_EMPTY_QUERY, PGRES_COMMAND_OK, PGRES_TUPLES_OK: .complete
    case PGRES_SINGLE_TUPLE: .row
    case PGRES_COPY_IN: .copyIn
    case PGRES_COPY_OUT: .copyOut
    case PGRES_COPY_BOTH: .copyBoth
    case PGRES_PIPELINE_SYNC: .synchronized
    case PGRES_PIPELINE_ABORTED: .aborted
    default: .error
    }
  }

  var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  /// What libpq says of a failure, without its trailing line end.
  var errorMessage: String { LibpqConnection.trimmed(PQresultErrorMessage(pointer)) }

  /// The server's report, or nil when the failure is libpq's own.
  var report: ServerReport? { Self.report(pointer) }

  static func report(_ result: OpaquePointer?) -> ServerReport? {
    func field(_ code: Int) -> String? {
      PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
    guard let severity = field(PGReportSeverity) ?? field(PGReportSQLState).map({ _ in "ERROR" }) else {
      return nil
    }
    return ServerReport(
      severity: severity, sqlState: field(PGReportSQLState) ?? "", message: field(PGReportMessage) ?? "",
      detail: field(PGReportDetail), hint: field(PGReportHint),
      position: field(PGReportPosition).flatMap { Int($0) },
      internalPosition: field(PGReportInternalPosition).flatMap { Int($0) },
      internalQuery: field(PGReportInternalQuery), context: field(PGReportContext),
      schema: field(PGReportSchema),
      table: field(PGReportTable), column: field(PGReportColumn), dataType: field(PGReportDataType),
      constraint: field(PGReportConstraint), routine: field(PGReportRoutine))
  }

  var columns: ColumnSet {
    ColumnSet(
      (0..<PQnfields(pointer)).map { column in
        let table = PQftable(pointer, column)
        return ColumnDescription(
          name: PQfname(pointer, column).map { String(cString: $0) } ?? "", type: PQftype(pointer, column),
          typeModifier: PQfmod(pointer, column), table: table == 0 ? nil : table,
          tableColumn: table == 0 ? nil : Int(PQftablecol(pointer, column)))
      })
  }

  /// The rows, copied out, so that nothing of libpq's outlives the result.
  func rows(columns: ColumnSet? = nil) -> Rows {
    guard PQnfields(pointer) > 0 else { return Rows() }
    let columns = columns ?? self.columns
    var values = RowStorage.Values()
    for row in 0..<PQntuples(pointer) {
      for column in 0..<Int32(columns.descriptions.count) {
        if PQgetisnull(pointer, row, column) == 1 {
          values.appendNull()
        } else {
          let length = Int(PQgetlength(pointer, row, column))
          values.append(UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: length))
        }
      }
    }
    return Rows(storage: RowStorage(columns: columns, values: values))
  }
}
