import Glibc
import Postgres
import Sandbox
import Threads

/// A server that follows a chaos server by streaming replication, as hosted read replicas do.
final class Standby: Sendable {
  /// The directory of its socket and data.
  let directory: String
  private let prefix: String
  private let programs: String

  /// Copies the server and starts the copy, which waits until it has caught up; `settings` are options of `postgres`.
  init(of server: ChaosServer, settings: String = "") async throws {
    var template = Array("/tmp/signalbox-standby-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChaosError("no directory for the standby") }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    programs = server.cluster.binaries.directory
    var owner = stat()
    stat("\(server.cluster.directory)/data", &owner)
    chown(directory, owner.st_uid, owner.st_gid)
    let account = getpwuid(owner.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "postgres"
    prefix = geteuid() == 0 && owner.st_uid != 0 ? "runuser -u \(account) --" : ""
    let data = "\(directory)/data"
    try await run(
      "\(prefix) '\(programs)/pg_basebackup' -h '\(server.cluster.directory)' -p \(Cluster.port) -U postgres -D '\(data)' -R -X stream -c fast && chmod 700 '\(data)'"
    )
    try await run(
      "\(prefix) '\(programs)/pg_ctl' start -D '\(data)' -l '\(directory)/log' -w -t 60 -s -o \"-c unix_socket_directories='\(directory)' \(settings)\""
    )
  }

  deinit {
    let command =
      "cd / && \(prefix) '\(programs)/pg_ctl' stop -D '\(directory)/data' -m immediate -w -s; rm -rf '\(directory)'"
    _ = command.withCString { system($0) }
  }

  /// Whether the programs of this system can copy a server.
  static func isPossible(_ server: ChaosServer) -> Bool {
    access("\(server.cluster.binaries.directory)/pg_basebackup", X_OK) == 0
  }

  private func run(_ command: String) async throws {
    let text = "cd / && { \(command); } </dev/null >/dev/null 2>&1"
    let status = try await PlainThread.value { text.withCString { system($0) } }
    guard status == 0 else { throw ChaosError("\(command) ended with \(status)") }
  }
}
