/// What a pooler in transaction mode cannot do, and how to get by without it.
enum PoolerRules {
  /// What does not work, in words.
  static let whatDoesNotWork =
    "each transaction may get another server session, so the lock that lets one run at a time in is lost, and so are SET, LISTEN, temporary tables, prepared statements and CREATE INDEX CONCURRENTLY with its checks"

  /// What to connect to instead.
  static func advice(for facts: ConnectionFacts, host: String) -> String {
    let names = [host] + facts.hosts.map(\.host)
    if names.contains(where: { SupabaseHost($0) == .pooler }) {
      return "use port 5432 of the same host, its session mode, with the same user and password"
    }
    for name in names {
      if case .direct? = SupabaseHost(name) { return "use port 5432, the database itself, instead of 6543" }
    }
    return "use the server's own address, or a pool with pool_mode = session"
  }

  /// The warning that an address deserves before anybody has looked: Supabase's port of the transaction mode.
  static func finding(for facts: ConnectionFacts) -> ConnectionFinding? {
    guard let port = facts.setting("port"), port.split(separator: ",").contains("6543") else { return nil }
    if case .connected(let reading) = facts.outcome, reading.pooling != .unknown { return nil }
    return ConnectionFinding(
      .poolerTransaction, .warning,
      "6543 is the port of poolers in transaction mode: \(whatDoesNotWork)",
      advice: advice(for: facts, host: facts.setting("host") ?? ""))
  }
}
