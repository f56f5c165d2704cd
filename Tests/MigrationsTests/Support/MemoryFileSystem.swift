@testable import Migrations

/// A file system in memory, for tests.
struct MemoryFileSystem {
  enum Node {
    case file([UInt8])
    case directory
    case danglingLink
    case unreadable
  }

  private var nodes: [String: Node] = [:]

  /// Files by path; their directories are there too.
  init(_ files: [String: String] = [:]) {
    for (path, text) in files { add(path, .file(Array(text.utf8))) }
  }

  mutating func add(_ path: String, _ node: Node) {
    nodes[path] = node
    var names = path.split(separator: "/").dropLast()
    while !names.isEmpty {
      nodes[names.joined(separator: "/")] = .directory
      names.removeLast()
    }
  }

  var fileSystem: FileSystem {
    let nodes = nodes
    return FileSystem(
      kind: { path in
        switch nodes[path] {
        case .file, .unreadable: .file
        case .directory: .directory
        case .danglingLink: .danglingLink
        case nil: nil
        }
      },
      listing: { path in
        nodes.keys.filter { $0.hasPrefix(path + "/") && !$0.dropFirst(path.count + 1).contains("/") }
          .map { (name: String($0.dropFirst(path.count + 1)), kind: nil) }
      },
      read: { (path) throws(FileSystemError) in
        guard case .file(let bytes) = nodes[path] else {
          throw FileSystemError(path: path, reason: "Permission denied")
        }
        return bytes
      },
      resolve: { "/home/operator/" + $0 })
  }
}
