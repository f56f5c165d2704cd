/// What reaches outside the transaction when it is called, by name.
enum OutsideCalls {
  /// The languages whose programs may do anything.
  static let languages: Set<String> = [
    "plpython3u", "plpythonu", "plpython2u", "plperlu", "pltclu", "plsh", "plr", "c",
  ]

  /// Whether a call, given by the parts of its name, is one of those that no ROLLBACK takes back.
  ///
  /// The requests of pg_net are rows of a table, sent after the commit.
  static func contains(_ call: [String]) -> Bool {
    guard let name = call.last, call.first != "net" else { return false }
    return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
      || (call.count == 2 && schemas.contains(call[0]))
  }

  /// Other servers and files, signals to other sessions, locks that outlast the transaction, and what the server keeps
  /// beside its tables (PostgreSQL documentation, 9.28 System Administration Functions).
  private static let names: Set<String> = [
    "http", "http_get", "http_post", "http_put", "http_delete", "http_patch", "http_head", "lo_export",
    "pg_file_write", "pg_file_unlink", "pg_file_rename", "pg_background_launch", "pg_terminate_backend",
    "pg_cancel_backend", "pg_reload_conf", "pg_rotate_logfile", "pg_switch_wal", "pg_create_restore_point",
    "pg_promote", "pg_logical_emit_message", "pg_create_logical_replication_slot",
    "pg_create_physical_replication_slot", "pg_drop_replication_slot", "pg_advisory_lock",
    "pg_advisory_lock_shared", "pg_try_advisory_lock", "pg_try_advisory_lock_shared", "setval",
  ]
  private static let prefixes = ["dblink", "pg_stat_reset", "pg_stat_statements_reset"]
  private static let schemas: Set<String> = ["aws_lambda", "aws_s3", "amqp", "azure_storage", "google_ml"]
}
