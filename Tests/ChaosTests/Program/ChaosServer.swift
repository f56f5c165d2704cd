import Glibc
import Postgres
import Sandbox
import Threads

/// A private server that a campaign may restart and crash.
struct ChaosServer: Sendable {
  let cluster: Cluster

  static func start() async throws -> ChaosServer {
    var options = ClusterOptions()
    // A crash must not lose what was committed: a sandbox does without that otherwise.
    options.settings["synchronous_commit"] = "on"
    options.settings["autovacuum"] = "off"
    return ChaosServer(cluster: try await Cluster.start(options))
  }

  /// The path of the socket that it listens on.
  var socket: String { "\(cluster.directory)/.s.PGSQL.5432" }

  /// What it has logged.
  var log: String { ProjectDirectory.text(of: "\(cluster.directory)/log") }

  func configuration(_ database: String, directory: String? = nil) -> ConnectionConfiguration {
    var parameters = cluster.connectionParameters(database: database)
    if let directory { parameters["host"] = directory }
    return ConnectionConfiguration(parameters: parameters)
  }

  /// The same as a command line takes it.
  func address(_ database: String, directory: String? = nil) -> String {
    configuration(database, directory: directory).parameters.map { "\($0.key)=\($0.value)" }.sorted()
      .joined(separator: " ")
  }

  /// A connection that waits until the server is there.
  func connect(_ database: String) async throws -> Connection {
    var last: (any Error)?
    for _ in 0..<300 {
      do {
        return try await Connection.connect(configuration(database))
      } catch {
        last = error
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    throw last ?? ChaosError("the server does not come back")
  }

  /// Runs one statement in a session of its own.
  @discardableResult
  func query(_ sql: String, in database: String = "postgres") async throws -> QueryResult {
    let connection = try await connect(database)
    do {
      let result = try await connection.query(sql)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Waits until a query says true.
  func waitUntil(_ sql: String) async throws {
    while try await query("SELECT (\(sql)) AS is_so").rows.first?["is_so"] != "t" {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Stops and starts the server; `mode` is one of `pg_ctl`'s.
  func restart(mode: String) async throws {
    let data = "\(cluster.directory)/data"
    var owner = stat()
    stat(data, &owner)
    let account = getpwuid(owner.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "postgres"
    let prefix = geteuid() == 0 && owner.st_uid != 0 ? "runuser -u \(account) -- " : ""
    let command =
      "cd / && \(prefix)\(cluster.binaries.directory)/pg_ctl restart -D '\(data)' -m \(mode) -w -t 60 -s"
      + " -l '\(cluster.directory)/log' >/dev/null 2>&1 </dev/null"
    let status = try await PlainThread.value { command.withCString { system($0) } }
    guard status == 0 else { throw ChaosError("the server could not be restarted (\(mode))") }
  }
}
