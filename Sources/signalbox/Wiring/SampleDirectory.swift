import Glibc
import Migrations

/// Where the sample projects are.
struct SampleDirectory: Sendable {
  /// Their directory.
  let path: String

  /// Finds them: `$SIGNALBOX_SAMPLES`, the repository that the program was built in or is called from, or where
  /// `make install` puts them.
  ///
  /// - Throws: ``CommandFailure`` if they are nowhere.
  static func find(executable: String, fileSystem: FileSystem = .local) throws -> SampleDirectory {
    if let given = Environment.variable("SIGNALBOX_SAMPLES") { return SampleDirectory(path: given) }
    var candidates = ["migrations"]
    var directory = executable[...]
    while let slash = directory.lastIndex(of: "/") {
      directory = directory[..<slash]
      candidates += ["\(directory)/migrations", "\(directory)/share/signalbox/migrations"]
    }
    for candidate in candidates where fileSystem.kind(candidate + "/helix/signalbox.toml") == .file {
      return SampleDirectory(path: candidate)
    }
    throw CommandFailure(
      .usage, "the sample projects are not where they are looked for",
      advice: "call it in Signalbox's own directory, or set SIGNALBOX_SAMPLES to its `migrations` directory")
  }

  /// The path of one sample.
  ///
  /// - Throws: ``CommandFailure`` that names those that are there.
  func sample(_ name: String, fileSystem: FileSystem = .local) throws -> String {
    let directory = "\(path)/\(name)"
    guard fileSystem.kind(directory + "/signalbox.toml") == .file else {
      let names = try fileSystem.list(path).filter {
        fileSystem.kind("\(path)/\($0)/signalbox.toml") == .file
      }.sorted()
      throw CommandFailure(
        .usage, "there is no sample \"\(name)\"", advice: "the samples are: \(names.joined(separator: ", "))")
    }
    return directory
  }

  /// The path of the running program.
  static func executable() -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { return CommandLine.arguments.first ?? "signalbox" }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
