import Console
import Postgres

extension TargetSession {
  /// The server as the header shows it; one round trip, which is timed.
  func summary() async throws -> ServerSummary {
    let began = Clock.uptime()
    let isReadOnly = try await TargetSession.isReadOnly(connection)
    let server = connection.server
    let host = server.host.hasPrefix("/") ? "local socket" : "\(server.host):\(server.port ?? 5432)"
    return ServerSummary(
      address: "\(server.user)@\(host)/\(server.database)", database: server.database,
      version: server.versionText,
      latencyMilliseconds: (Clock.uptime() - began) * 1_000,
      isReadOnly: isReadOnlyByServer ?? isReadOnly)
  }
}
