import Glibc
import Processes
import Testing
import Threads

/// The built program, run as an operator runs it.
enum Program {
  /// What a finished process left.
  struct Result: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The program that `SIGNALBOX_PROGRAM` names (`make test` names what operators run, the release build), or the build that
  /// the tests belong to.
  static let path: String = {
    if let named = getenv("SIGNALBOX_PROGRAM") { return String(cString: named) }
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
    try await PlainThread.value {
      Swift.Result { try runBlocking(path, arguments, environment: environment, started: started) }
    }.get()
  }

  private static func runBlocking(
    _ path: String, _ arguments: [String], environment: [String: String], started: ((pid_t) -> Void)?
  ) throws -> Result {
    let output = TemporaryFile()
    let errors = TemporaryFile()
    var variables = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { $1 }
    let process = try ProcessLaunch(
      path, arguments, environment: variables, output: .descriptor(output.descriptor),
      errors: .descriptor(errors.descriptor)
    ).start()
    started?(process)
    return Result(
      status: ProcessExit.wait(for: process)?.shellStatus ?? -1, output: output.text, errors: errors.text)
  }

  /// Something of the system's that could not be had.
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

  /// The names in a directory.
  static func names(in directory: String) throws -> [String] {
    guard let open = opendir(directory) else { throw Program.SpawnError(path: directory, code: errno) }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
