import Glibc
import Processes
import Threads

/// What git says of a file.
enum GitRepository {
  /// Whether git keeps a file, committed or about to be; nil where there is no git, or no repository.
  static func tracks(_ path: String) async throws -> Bool? {
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let status = try await PlainThread.value {
      run(["git", "-C", directory, "ls-files", "--error-unmatch", "--", name])
    }
    switch status {
    case 0: return true
    case 1: return false
    default: return nil
    }
  }

  /// Runs a program quietly to its end; nil if it cannot be started, or a signal ended it.
  private static func run(_ words: [String]) -> Int32? {
    guard let program = words.first,
      let process = try? ProcessLaunch(program, Array(words.dropFirst())).start(),
      case .status(let status)? = ProcessExit.wait(for: process)
    else { return nil }
    return status
  }
}
