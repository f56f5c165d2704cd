import Glibc
import Postgres
import Sandbox

/// PgBouncer before a chaos server.
final class Pooler: Sendable {
  static let path = "/usr/sbin/pgbouncer"
  static var isInstalled: Bool { access(path, X_OK) == 0 }

  /// The directory of its socket.
  let directory: String

  init(_ server: ChaosServer, mode: String) async throws {
    var template = Array("/tmp/signalbox-pooler-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChaosError("no directory for the pooler") }
    let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.directory = directory
    let settings = """
      [databases]
      * = host=\(server.cluster.directory) port=5432 user=postgres
      [pgbouncer]
      listen_addr =
      unix_socket_dir = \(directory)
      listen_port = 5432
      auth_type = any
      pool_mode = \(mode)
      pidfile = \(directory)/pid
      logfile = \(directory)/log
      """
    guard let file = fopen("\(directory)/ini", "w") else {
      throw ChaosError("cannot write the pooler's settings")
    }
    fputs(settings, file)
    fclose(file)
    // It refuses to run as root, and the server's socket is its owner's.
    var owner = stat()
    stat("\(server.cluster.directory)/data", &owner)
    chown(directory, owner.st_uid, owner.st_gid)
    chmod(directory, 0o755)
    let account = getpwuid(owner.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "postgres"
    let prefix = geteuid() == 0 ? "runuser -u \(account) -- " : ""
    let command = "\(prefix)\(Self.path) -q -d '\(directory)/ini' </dev/null >/dev/null 2>&1"
    guard command.withCString({ system($0) }) == 0 else { throw ChaosError("the pooler did not start") }
    while access("\(directory)/.s.PGSQL.5432", F_OK) != 0 { try await Task.sleep(for: .milliseconds(10)) }
  }

  deinit {
    let command = "kill $(cat '\(directory)/pid'); sleep 0.1; rm -rf '\(directory)'"
    _ = command.withCString { system($0) }
  }
}
