/// Which servers Signalbox works with.
enum SupportedServer {
  /// The oldest version, as a number of PostgreSQL's kind.
  static let oldest = 130_000

  /// The error for a server that is too old, or nil for one that will do.
  static func refusal(version: Int, endpoint: PostgresError.Endpoint) -> PostgresError? {
    if version >= oldest { return nil }
    // Before 10, the first two numbers of a version made the release: 9.6.24 is 90624.
    let text =
      version >= 100_000
      ? "\(version / 10_000).\(version % 10_000)"
      : "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
    return PostgresError(
      .unsupportedServer, "the server is PostgreSQL \(text); Signalbox needs 13 or later", endpoint: endpoint)
  }
}
