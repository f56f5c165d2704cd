import Glibc

/// A project's files on disk, removed with their owner.
final class ProjectDirectory: Sendable {
  let path: String

  init(_ files: [String: String]) throws {
    var template = Array("/tmp/signalbox-chaos-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChaosError("no directory: errno \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files { try write(name, Array(text.utf8)) }
  }

  /// Writes one file.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    guard let file = fopen("\(path)/\(name)", "w") else { throw ChaosError("cannot write \(name)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw ChaosError("cannot write \(name)") }
  }

  /// The text of any file; empty where there is none.
  static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  deinit {
    let command = "rm -rf '\(path)'"
    _ = command.withCString { system($0) }
  }
}
