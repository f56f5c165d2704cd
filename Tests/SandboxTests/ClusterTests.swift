import Glibc
import Processes
import Testing

@testable import Sandbox

@Suite("a private cluster")
struct ClusterTests {
  @Test("starts on a unix socket and is gone after stop, directory and all")
  func startsAndStops() async throws {
    let cluster = try await Cluster.start()
    let directory = ClusterDirectory(path: cluster.directory)
    #expect(Files.exists(directory.socket))
    #expect(directory.socket.utf8.count < 108)
    let server = try #require(serverProcess(in: cluster.directory))
    #expect(kill(server, 0) == 0)

    try await cluster.stop()
    #expect(!Files.exists(cluster.directory))
    try await waitUntil { kill(server, 0) != 0 }
    try await cluster.stop()
  }

  @Test("stops when the last holder lets go of it")
  func stopsWhenDropped() async throws {
    var cluster: Cluster? = try await Cluster.start()
    let directory = try #require(cluster?.directory)
    let watcher = try #require(cluster?.watcher)
    cluster = nil
    _ = try await watcher.waitForExit()
    #expect(!Files.exists(directory))
  }

  @Test("listens on no network address and lets no other account in")
  func isPrivate() async throws {
    let cluster = try await Cluster.start()
    let settings = try #require(Files.text(of: "\(cluster.directory)/data/postgresql.conf"))
    #expect(settings.contains("\nlisten_addresses = ''\n"))
    var information = stat()
    #expect(stat(cluster.directory, &information) == 0)
    #expect(information.st_mode & 0o077 == 0)
    // A TCP listener would stand in the file as its sixth line.
    let lines = try #require(Files.text(of: "\(cluster.directory)/data/postmaster.pid"))
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[4] == Substring(cluster.directory))
    #expect(lines[5].isEmpty)
    try await cluster.stop()
  }

  @Test("two clusters run side by side")
  func twoAtOnce() async throws {
    async let first = Cluster.start()
    async let second = Cluster.start()
    let (one, two) = try await (first, second)
    #expect(one.directory != two.directory)
    #expect(Files.exists(ClusterDirectory(path: one.directory).socket))
    #expect(Files.exists(ClusterDirectory(path: two.directory).socket))
    try await one.stop()
    #expect(Files.exists(ClusterDirectory(path: two.directory).socket))
    try await two.stop()
  }

  @Test("a server that cannot start tells its own reason and leaves nothing behind")
  func failureTellsTheReason() async throws {
    var options = ClusterOptions()
    options.settings["max_connections"] = "many"
    let parent = try TemporaryDirectory()
    options.parentDirectory = parent.path
    do {
      _ = try await Cluster.start(options)
      Issue.record("it started")
    } catch {
      #expect(error.code == .serverDidNotStart)
      #expect(error.message.contains("invalid value for parameter \"max_connections\": \"many\""))
    }
    #expect(Files.names(in: parent.path) == [])
  }

  @Test(
    "the server goes with its owner, however that one dies", arguments: [SIGKILL, SIGSEGV, SIGTERM, SIGHUP])
  func goesWithItsOwner(signal: Int32) async throws {
    // The owner here is a shell that holds the other end of the watcher's standard input, as this process does above.
    let directory = try ClusterDirectory.make(
      options: ClusterOptions(), account: try ServerAccount.choose(), environment: processEnvironment())
    let (ours, owner) = try startOwner(of: directory)
    #expect(try await onPlainThread { ours.readText(untilLineEnd: true) } == "ready")
    let server = try #require(serverProcess(in: directory.path))

    #expect(kill(owner.processIdentifier, signal) == 0)
    #expect(try await owner.waitForExit() == .signal(signal))
    // The watcher holds the other end until it has finished.
    #expect(try await onPlainThread { ours.readText(untilLineEnd: false) } == "")
    #expect(!Files.exists(directory.path))
    try await waitUntil { kill(server, 0) != 0 }
  }

  private func startOwner(of directory: ClusterDirectory) throws -> (Descriptor, ChildProcess) {
    let script = #"""
      fifo=$1
      shift
      mkfifo "$fifo" || exit 1
      setsid "$@" <"$fifo" &
      exec 9>"$fifo"
      rm "$fifo"
      exec sleep 1000 >/dev/null
      """#
    let (ours, theirs) = try Descriptor.pair()
    let watcher =
      ["/bin/sh", "-c", ServerScript.text, "signalbox-sandbox", "guard", directory.path]
      + [try ServerBinaries.find().directory] + (try ServerAccount.choose().prefix)
    let owner = try ChildProcess.start(
      ProcessLaunch(
        "/bin/sh", ["-c", script, "owner", "\(directory.path).fifo"] + watcher,
        environment: processEnvironment(), output: .descriptor(theirs.number)))
    return (ours, owner)
  }
}

private func serverProcess(in directory: String) -> pid_t? {
  Files.text(of: "\(directory)/data/postmaster.pid")?.split(separator: "\n").first.flatMap { pid_t($0) }
}
