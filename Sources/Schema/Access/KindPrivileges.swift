extension ObjectKind {
  /// What `ALL` stands for on an object of this kind in PostgreSQL 15 (PostgreSQL documentation, Privileges).
  ///
  /// Version 17 adds `MAINTAIN` on relations.
  public var privileges: [String] {
    switch self {
    case .table, .foreignTable, .view, .materializedView:
      ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    case .column: ["SELECT", "INSERT", "UPDATE", "REFERENCES"]
    case .sequence: ["USAGE", "SELECT", "UPDATE"]
    case .schema: ["USAGE", "CREATE"]
    case .function, .procedure, .aggregate: ["EXECUTE"]
    case .database: ["CREATE", "CONNECT", "TEMPORARY"]
    case .tablespace: ["CREATE"]
    default: ["USAGE"]
    }
  }
}
