import Script

/// `sqitch.plan` with `deploy/`, `revert/` and `verify/`: the plan gives order and requirements.
struct SqitchLayout: LayoutReader {
  func files(
    in directory: ProjectDirectory, base: String, isGiven: Bool
  ) throws(ProjectProblem) -> FoundFiles? {
    let planPath = Path.join(base, "sqitch.plan")
    guard directory.kind(planPath) == .file else { return nil }
    let text: SourceText
    do {
      text = SourceText(try directory.read(planPath))
    } catch {
      throw ProjectProblem(
        code: "unreadable-file", message: "the plan cannot be read: \(error.reason)",
        location: FileLocation(file: planPath))
    }
    let changes = SqitchPlan.changes(in: text)
    let names = Set(changes.map(\.name))
    let files = changes.map { change in
      var file = FoundFile(named: change.name, path: Path.join(base, "deploy/\(change.name).sql"))
      let revert = Path.join(base, "revert/\(change.name).sql")
      if directory.kind(revert) != nil { file.revert = .file(revert) }
      file.requirements = change.requirements.filter(names.contains).map {
        DeclaredRequirement(
          id: MigrationID($0),
          location: FileLocation(file: planPath, position: SourcePosition(line: change.line, column: 1)))
      }
      return file
    }
    guard !files.isEmpty else { return nil }
    return FoundFiles(layout: .sqitch, base: base, files: files, isOrdered: true)
  }
}

/// The changes of a `sqitch.plan` (sqitch documentation, "Plan file").
enum SqitchPlan {
  /// One change: `name [requires !conflicts] date planner # note`.
  struct Change: Sendable, Hashable {
    var name: String
    var requirements: [String]
    var line: Int
  }

  /// The changes in order; of a change that was reworked, the last, whose scripts bear its name.
  static func changes(in text: SourceText) -> [Change] {
    var changes: [Change] = []
    for (index, range) in text.lineRanges.enumerated() {
      let line = String(decoding: text.bytes[range], as: UTF8.self)
      guard let change = change(line, number: index + 1) else { continue }
      changes.removeAll { $0.name == change.name }
      changes.append(change)
    }
    return changes
  }

  private static func change(_ line: String, number: Int) -> Change? {
    let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
    guard let first = words.first, let start = first.first, !"%@-".contains(start) else { return nil }
    let name = first.hasPrefix("+") ? first.dropFirst() : first
    guard !name.isEmpty, !name.contains("[") else { return nil }
    var requirements: [String] = []
    if let open = line.firstIndex(of: "["), let close = line[open...].firstIndex(of: "]") {
      for word in line[open..<close].dropFirst().split(separator: " ") where !word.hasPrefix("!") {
        // `name@tag` and `project:name` say more than the name; another project's changes are none of ours.
        requirements.append(String(word.prefix { $0 != "@" }))
      }
    }
    return Change(name: String(name), requirements: requirements.filter { !$0.contains(":") }, line: number)
  }
}
