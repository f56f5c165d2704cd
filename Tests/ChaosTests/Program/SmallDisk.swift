import Glibc
import Postgres
import Sandbox

/// A server whose data lie on a disk of their own (in memory) that is as full as a test wants it.
///
/// The disk is mounted where only this server sees it: as root in a mount namespace, as anybody else in a user namespace, where the
/// kernel allows that.
final class SmallDisk: Sendable {
  /// The directory of the server's socket and log.
  let directory: String
  private let shell: Shell
  private let programs: String
  private let prefix: String

  /// Whether this system lets us mount a disk.
  static let isPossible: Bool = {
    let words = namespace.joined(separator: " ")
    let command = "\(words) /bin/sh -c 'mount -t tmpfs -o size=1m none /mnt' >/dev/null 2>&1 </dev/null"
    return command.withCString { system($0) } == 0
  }()

  private static let namespace =
    geteuid() == 0
    ? ["/usr/bin/unshare", "--mount"] : ["/usr/bin/unshare", "--user", "--map-root-user", "--mount"]

  /// Starts a server on a disk of so many megabytes, all but `free` of them taken.
  init(megabytes: Int, free: Int) async throws {
    let programs = try ServerBinaries.find(environment: processEnvironment()).directory
    var template = Array("/tmp/signalbox-disk-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChaosError("no directory for the disk") }
    let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let shell = try Shell(Self.namespace)
    self.directory = directory
    self.shell = shell
    self.programs = programs
    // The server does not run as root, nor as an account of a user namespace that is root inside.
    prefix =
      geteuid() == 0
      ? "runuser -u postgres --" : "unshare --user --map-user=\(getuid()) --map-group=\(getgid())"
    try await shell.must("chmod 755 '\(directory)' && mkdir '\(directory)/disk' '\(directory)/run'")
    try await shell.must("mount -t tmpfs -o size=\(megabytes)m,mode=0777 none '\(directory)/disk'")
    if geteuid() == 0 { try await shell.must("chown postgres '\(directory)/run'") }
    let data = "\(directory)/disk/data"
    try await shell.must(
      "cd / && \(prefix) '\(programs)/initdb' -D '\(data)' -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N --wal-segsize=1"
    )
    let settings = """
      listen_addresses = ''
      unix_socket_directories = '\(directory)/run'
      max_wal_size = 8MB
      min_wal_size = 2MB
      autovacuum = off
      """
    try await shell.must("cat >>'\(data)/postgresql.conf' <<'END'\n\(settings)\nEND")
    try await start()
    try await shell.must(
      """
      left=$(df --output=avail -B1M '\(directory)/disk' | tail -1)
      head -c $(( (left - \(free)) * 1048576 )) /dev/zero >'\(directory)/disk/ballast'
      """)
  }

  deinit {
    let shell = shell
    let (directory, stop) = (directory, stopCommand)
    // The mount goes with its shell.
    Task {
      try await shell.run(stop)
      try await shell.run("umount '\(directory)/disk'; rm -rf '\(directory)'")
    }
  }

  private var stopCommand: String {
    "cd / && \(prefix) '\(programs)/pg_ctl' stop -D '\(directory)/disk/data' -m immediate -w -s"
  }

  /// The server as a command line takes it.
  var address: String { "host=\(directory)/run port=5432 user=postgres dbname=postgres" }

  /// Starts the server.
  ///
  /// - Returns: whether it takes connections; on a full disk it may not come up.
  @discardableResult
  func start() async throws -> Bool {
    try await shell.run(
      "cd / && \(prefix) '\(programs)/pg_ctl' start -D '\(directory)/disk/data' -l '\(directory)/run/log' -w -t 30 -s"
    ) == 0
  }

  /// Makes room: so many kilobytes more.
  func free(kilobytes: Int) async throws {
    try await shell.must(
      """
      left=$(( $(stat -c %s '\(directory)/disk/ballast') - \(kilobytes) * 1024 ))
      truncate -s $(( left > 0 ? left : 0 )) '\(directory)/disk/ballast'
      """)
  }

  /// A connection to the server.
  func connect() async throws -> Connection {
    try await Connection.connect(ConnectionConfiguration(address))
  }

  /// Stops the server and removes everything.
  func stop() async throws {
    try await shell.run(stopCommand)
    try await shell.run("umount '\(directory)/disk'; rm -rf '\(directory)'")
  }
}
