import Migrations
import Synchronization

/// Notes all that is read of a file system, so that it can be told whether a reading would find the same again.
final class ReadingTranscript: Sendable {
  private let findings = Mutex<[String: String]>([:])

  /// A file system that gives what another gives, and has it noted.
  func noting(_ fileSystem: FileSystem) -> FileSystem {
    FileSystem(
      kind: { path in
        let kind = fileSystem.kind(path)
        self.note("kind", path, Self.word(for: kind))
        return kind
      },
      listing: { path throws(FileSystemError) in
        let entries = try fileSystem.listing(path)
        let lines = entries.map { "\($0.name)/\(Self.word(for: $0.kind))" }
        self.note("list", path, lines.sorted().joined(separator: "/"))
        return entries
      },
      read: { path throws(FileSystemError) in
        let bytes = try fileSystem.read(path)
        self.note("read", path, Checksum.exact(bytes))
        return bytes
      },
      resolve: { path in
        let resolved = fileSystem.resolve(path)
        self.note("resolve", path, resolved)
        return resolved
      })
  }

  private static func word(for kind: FileKind?) -> String { kind.map { "\($0)" } ?? "nothing" }

  private func note(_ question: String, _ path: String, _ answer: String) {
    findings.withLock { $0["\(question)\u{0}\(path)"] = answer }
  }

  /// A text that is the same for readings that have found the same.
  var digest: String {
    let lines = findings.withLock { $0.map { "\($0.key)\u{0}\($0.value)" } }.sorted()
    return Checksum.exact(Array(lines.joined(separator: "\n").utf8))
  }
}
