import JSON
import Migrations

/// Where the files are, folder by folder.
struct FileLocations: ReportSection {
  static let title = "File locations"

  /// A line of the tree: a file with its state, or a folder whose files are all in one state.
  struct Line: Sendable, Hashable {
    var path: String
    var note: String
  }

  /// More files than this of one settled state in a folder are counted instead of named.
  private static let filesNamed = 2

  let lines: [Line]
  private let root: String

  init(_ facts: ReportFacts) {
    root = facts.project.name
    let states = Dictionary(
      facts.statuses.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    var folders: [(path: String, migrations: [Migration])] = []
    for migration in facts.project.migrations {
      let folder = migration.file.split(separator: "/").dropLast().joined(separator: "/")
      if let index = folders.firstIndex(where: { $0.path == folder }) {
        folders[index].migrations.append(migration)
      } else {
        folders.append((folder, [migration]))
      }
    }
    lines = folders.sorted { $0.path < $1.path }.flatMap { folder, migrations -> [Line] in
      let own = Set(migrations.map { states[$0.id] ?? .pending })
      if own.count == 1, let state = own.first, !ReportFacts.openStates.contains(state),
        migrations.count > Self.filesNamed
      {
        let path = folder.isEmpty ? "*.sql" : folder + "/"
        return [Line(path: path, note: "\(Counting.migrations(migrations.count)), \(state.rawValue)")]
      }
      return migrations.map { Line(path: $0.file, note: (states[$0.id] ?? .pending).rawValue.uppercased()) }
    }
  }

  var blocks: [ReportBlock] {
    let width = lines.map(\.path.count).max() ?? 0
    let tree = lines.enumerated().map { index, line in
      let branch = index == lines.count - 1 ? "└── " : "├── "
      let space = String(repeating: " ", count: width - line.path.count)
      return "\(branch)\(line.path)\(space)  (\(line.note))"
    }
    return [.code(([root + "/"] + tree).joined(separator: "\n"), language: nil)]
  }

  var json: JSONValue.Member {
    .init("files", .array(lines.map { ["path": .string($0.path), "note": .string($0.note)] }))
  }
}
