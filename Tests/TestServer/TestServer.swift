public import Postgres
import Sandbox
import Synchronization

/// One private PostgreSQL for all tests of a process: started by the first test that needs it, gone with the process.
///
/// `SIGNALBOX_POSTGRES_BIN` chooses the version, as everywhere.
public enum TestServer {
  /// The way to the server's own database `postgres`.
  ///
  /// Tests share it: make nothing in it, use ``withDatabase(platform:_:)``.
  public static func configuration() async throws -> ConnectionConfiguration {
    try await SharedServer.instance.configuration()
  }

  /// Gives `body` a fresh database of its own, and drops it afterwards, even if connections to it are still open.
  ///
  /// With `platform`, the database is a copy of one that was prepared as Supabase prepares it.
  public static func withDatabase<Result>(
    platform: Bool = false, _ body: (ConnectionConfiguration) async throws -> Result
  ) async throws -> Result {
    let server = SharedServer.instance
    let name = try await server.createDatabase(platform: platform)
    let result: Result
    do {
      result = try await body(try await server.configuration().database(name))
    } catch {
      // The test's own error is the one to see; a database that is left goes with the server.
      try? await server.dropDatabase(name)
      throw error
    }
    try await server.dropDatabase(name)
    return result
  }

  /// A role name that no other test uses: roles belong to the whole server.
  public static func uniqueName(_ prefix: String) -> String {
    "\(prefix)_\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
  }

  private static let counter = Atomic<Int>(0)
}
