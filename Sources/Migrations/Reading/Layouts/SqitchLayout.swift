import Script

/// `sqitch.plan` with `deploy/`, `revert/` and `verify/`: the plan gives order and requirements.
///
/// `sqitch.conf` may name other places.
struct SqitchLayout: LayoutReader {
  /// Whether a file of this name says that a directory is one of Sqitch.
  static func isItsFile(_ name: String) -> Bool { name == "sqitch.plan" || name == "sqitch.conf" }

  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    let configuration = try SqitchConfiguration.read(in: directory, at: base)
    let top = configuration.path("top_dir", below: base) ?? base
    let planPath = configuration.path("plan_file", below: base) ?? Path.join(top, "sqitch.plan")
    guard directory.kind(planPath) == .file else { return nil }
    if let engine = configuration.values["engine"], !["pg", "cockroach", "yugabyte"].contains(engine) {
      throw ProjectProblem(
        code: "other-system", message: "the migrations are for \(engine), not for PostgreSQL",
        location: FileLocation(file: Path.join(base, "sqitch.conf")))
    }
    let text = SourceText(try directory.contents(of: planPath, called: "plan"))
    let ending = configuration.values["extension"] ?? "sql"
    let deploy = configuration.path("deploy_dir", below: base) ?? Path.join(top, "deploy")
    let revert = configuration.path("revert_dir", below: base) ?? Path.join(top, "revert")
    let changes = SqitchPlan.changes(in: text)
    let names = Set(changes.map(\.id))
    let files = changes.map { change in
      var file = FoundFile(named: change.id, path: "\(deploy)/\(change.id).\(ending)")
      if change.id != change.name { file.recordedVersion = change.name }
      let script = "\(revert)/\(change.id).\(ending)"
      if directory.kind(script) != nil { file.revert = .file(script) }
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
    /// The name of its scripts: its own, or with the tag before which it was reworked (`users@v1`).
    var id: String
    var name: String
    var requirements: [String]
    var line: Int
  }

  /// The changes in order.
  ///
  /// A change that is reworked later keeps its earlier scripts under its name and the first tag behind it.
  static func changes(in text: SourceText) -> [Change] {
    var changes: [Change] = []
    var tags: [String: String] = [:]
    for (index, range) in text.lineRanges.enumerated() {
      let line = String(decoding: text.bytes[range], as: UTF8.self)
      if let tag = tag(line) {
        for change in changes where tags[change.name] == nil { tags[change.name] = tag }
        continue
      }
      guard let change = change(line, number: index + 1) else { continue }
      if let earlier = changes.lastIndex(where: { $0.id == change.name }), let tag = tags[change.name] {
        changes[earlier].id = "\(change.name)@\(tag)"
        for other in changes.indices {
          changes[other].requirements = changes[other].requirements.map {
            $0 == change.name ? changes[earlier].id : $0
          }
        }
      } else {
        changes.removeAll { $0.name == change.name }
      }
      tags[change.name] = nil
      changes.append(change)
    }
    return changes
  }

  private static func tag(_ line: String) -> String? {
    let word = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).first
    guard let word, word.hasPrefix("@") else { return nil }
    return String(word.dropFirst())
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
        let required = String(word.prefix { $0 != "@" })
        if required != name { requirements.append(required) }
      }
    }
    return Change(
      id: String(name), name: String(name), requirements: requirements.filter { !$0.contains(":") },
      line: number)
  }
}

/// What the section `[core]` of a `sqitch.conf` says.
struct SqitchConfiguration: Sendable {
  var values: [String: String] = [:]

  static func read(
    in directory: ProjectDirectory, at base: String
  ) throws(ProjectProblem) -> SqitchConfiguration {
    let path = Path.join(base, "sqitch.conf")
    guard directory.kind(path) == .file else { return SqitchConfiguration() }
    let text = String(decoding: try directory.contents(of: path), as: UTF8.self)
    var configuration = SqitchConfiguration()
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      if words.hasPrefix("[") {
        section = words
      } else if section == "[core]", !words.hasPrefix("#"), !words.hasPrefix(";"),
        let equals = words.firstIndex(of: "=")
      {
        let key = words[..<equals].filter { $0 != " " }
        let value = words[words.index(after: equals)...].drop { $0 == " " }
        configuration.values[key] = value.filter { $0 != "\"" }
      }
    }
    return configuration
  }

  /// A place that it names, relative to the project's root.
  func path(_ key: String, below base: String) -> String? {
    guard let value = values[key], value != "." else { return values[key].map { _ in base } }
    var relative = value.hasPrefix("./") ? String(value.dropFirst(2)) : value
    while relative.hasSuffix("/") { relative.removeLast() }
    return Path.join(base, relative)
  }
}
