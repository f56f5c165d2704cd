import ServerActivity

extension SessionSignal {
  /// PostgreSQL documentation, 9.27.2: both functions tell whether the signal was sent, not what came of it.
  var sql: String {
    let function =
      switch self {
      case .cancelStatement: "pg_cancel_backend"
      case .terminate: "pg_terminate_backend"
      }
    return """
      SELECT pg_catalog.\(function)(pid) AS is_signalled FROM pg_catalog.pg_stat_activity
      WHERE pid = $1::int AND extract(epoch FROM backend_start)::float8 = $2::float8
      """
  }
}
