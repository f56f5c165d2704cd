import Glibc

@testable import Sandbox

/// A directory that is removed with everything in it when the test lets go of it.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/sandbox-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SandboxError(.directoryUnusable, systemMessage(errno)) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    // The server may run under another account, which must be able to go through.
    chmod(path, 0o755)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in Files.names(in: path) {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }
}

/// Returns when a condition holds.
func waitUntil(_ condition: @Sendable () -> Bool) async throws {
  while !condition() { try await Task.sleep(for: .milliseconds(5)) }
}
