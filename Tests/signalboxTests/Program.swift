import Glibc
import Testing

/// The built program, run as an operator runs it.
enum Program {
  /// What a finished process left.
  struct Result: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The path of the debug build that the tests belong to.
  static let path: String = {
    let words = (try? String(contentsOfFile: "/proc/self/cmdline")) ?? ""
    let test = words.split(separator: "\0").first { $0.contains(".xctest") }.map(String.init) ?? ""
    let directory = test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    return directory + "/signalbox"
  }()

  /// Runs the program to its end; without standard input, and with an environment that names no database.
  static func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Result {
    try await run(arguments, environment: environment)
  }

  /// Runs a program to its end.
  ///
  /// - Parameter started: hears the number of its process.
  static func run(
    path: String = path, _ arguments: [String], environment: [String: String] = [:],
    started: (@Sendable (pid_t) -> Void)? = nil
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let work = Work {
        continuation.resume(
          with: Swift.Result {
            try runBlocking(path, arguments, environment: environment, started: started)
          })
      }
      var thread = pthread_t()
      // Waiting for a child blocks: on a thread of its own, never on Swift's pool.
      pthread_create(
        &thread, nil,
        { context in
          if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
          return nil
        }, Unmanaged.passRetained(work).toOpaque())
      pthread_detach(thread)
    }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func runBlocking(
    _ path: String, _ arguments: [String], environment: [String: String], started: ((pid_t) -> Void)?
  ) throws -> Result {
    let output = TemporaryFile()
    let errors = TemporaryFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var variables = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { $1 }
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions, &attributes, words, settings)
    guard code == 0 else { throw SpawnError(path: path, code: code) }
    started?(process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let exited = status & 0x7F == 0
    return Result(
      status: exited ? (status >> 8) & 0xFF : 128 + (status & 0x7F), output: output.text, errors: errors.text)
  }

  /// The program could not be started.
  struct SpawnError: Error {
    var path: String
    var code: Int32
  }
}

/// A file that goes with its owner.
final class TemporaryFile {
  let path: String
  let descriptor: Int32

  init() {
    var template = Array("/tmp/signalbox-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// What was written to it.
  var text: String { (try? String(contentsOfFile: path)) ?? "" }
}

extension String {
  /// Reads a file whole; bytes that are no UTF-8 become replacement characters.
  init(contentsOfFile path: String) throws {
    guard let file = fopen(path, "r") else { throw Program.SpawnError(path: path, code: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    self = String(decoding: bytes, as: UTF8.self)
  }
}

/// A directory of files made for one test, removed after it.
final class TemporaryProject: Sendable {
  let path: String

  /// Makes the files; a name with a slash makes the folder, too.
  init(_ files: [String: String] = [:]) {
    var template = Array("/tmp/signalbox-project-XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files { write(name, Array(text.utf8)) }
  }

  /// Writes one file.
  func write(_ name: String, _ bytes: [UInt8]) {
    let parts = name.split(separator: "/")
    var directory = path
    for part in parts.dropLast() {
      directory += "/\(part)"
      mkdir(directory, 0o755)
    }
    guard let file = fopen("\(path)/\(name)", "w") else { return }
    defer { fclose(file) }
    fwrite(bytes, 1, bytes.count, file)
  }

  /// Removes one file.
  func remove(_ name: String) { unlink("\(path)/\(name)") }

  deinit {
    let command = "rm -rf '\(path)'"
    _ = command.withCString { system($0) }
  }
}
