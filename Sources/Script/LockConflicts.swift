/// Which table locks keep each other out (PostgreSQL documentation, table 13.2).
extension LockMode {
  /// Whether two sessions cannot have both locks on one table.
  public func conflicts(with other: LockMode) -> Bool {
    switch self {
    case .accessShare: other == .accessExclusive
    case .rowShare: other >= .exclusive
    case .rowExclusive: other >= .share
    // The only mode below SHARE ROW EXCLUSIVE that keeps itself out.
    case .shareUpdateExclusive: other >= .shareUpdateExclusive
    // SHARE does not: several sessions build indexes on one table.
    case .share: other >= .rowExclusive && other != .share
    case .shareRowExclusive: other >= .rowExclusive
    case .exclusive: other >= .rowShare
    case .accessExclusive: true
    }
  }

  /// The mode that `pg_locks.mode` names (`AccessExclusiveLock`).
  public init?(catalogName name: String) {
    let mode = Self.allCases.first { mode in
      mode.description.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined()
        + "Lock" == name
    }
    guard let mode else { return nil }
    self = mode
  }
}
