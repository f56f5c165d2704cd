import Glibc
import Postgres
import Sandbox

/// A PgBouncer before a private server.
enum Bouncer {
  static let path = "/usr/sbin/pgbouncer"

  /// Whether Debian's package is here.
  static var isInstalled: Bool { access(path, X_OK) == 0 }

  /// Starts a server with a PgBouncer before it, lends the address of the latter, and stops both.
  static func with(
    mode: String, more: String = "", _ body: (_ address: String) async throws -> Void
  ) async throws {
    let cluster = try await Cluster.start()
    let port = try ListeningServer.freePort()
    let directory = TemporaryProject()
    chmod(directory.path, 0o755)
    directory.write(
      "pgbouncer.ini",
      Array(
        """
        [databases]
        postgres = host=\(cluster.directory) port=\(Cluster.port) user=\(Cluster.user)
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = \(port)
        unix_socket_dir =
        auth_type = any
        pool_mode = \(mode)
        \(more)
        """.utf8))
    let (processes, started) = AsyncStream<pid_t>.makeStream()
    let command = command(cluster, directory.path + "/pgbouncer.ini")
    async let ending = Program.run(path: command[0], Array(command.dropFirst())) { started.yield($0) }
    for await process in processes {
      let address = "host=127.0.0.1 port=\(port) dbname=postgres user=anybody"
      do {
        try await waitUntilItAnswers(address)
        try await body(address)
      } catch {
        kill(process, SIGKILL)
        _ = try await ending
        try await cluster.stop()
        throw error
      }
      kill(process, SIGKILL)
      break
    }
    _ = try await ending
    try await cluster.stop()
  }

  /// PgBouncer does not run as root, and the server's socket is for the server's account only.
  private static func command(_ cluster: Cluster, _ file: String) -> [String] {
    guard geteuid() == 0 else { return [path, "-q", file] }
    var status = stat()
    stat(cluster.directory, &status)
    return [
      "/usr/bin/setpriv", "--reuid=\(status.st_uid)", "--regid=\(status.st_gid)", "--clear-groups", "--",
      path,
      "-q", file,
    ]
  }

  private static func waitUntilItAnswers(_ address: String) async throws {
    for attempt in 0... {
      do {
        await (try Connection.connect(ConnectionConfiguration(address))).close()
        return
      } catch {
        if attempt == 500 { throw error }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }
}
