/// What is written down about a sandbox that outlives the command that started it.
struct SandboxState: Sendable, Hashable {
  var directory: String
  var binaries: String
  var version: String
  var startedAt: Int

  /// The lines of the state file: `key=value`, one a line.
  var text: String {
    "directory=\(directory)\nbinaries=\(binaries)\nversion=\(version)\nstarted=\(startedAt)\n"
  }

  init(directory: String, binaries: String, version: String, startedAt: Int) {
    self.directory = directory
    self.binaries = binaries
    self.version = version
    self.startedAt = startedAt
  }

  /// Reads a state file's text; nil if a line is missing or broken.
  init?(text: String) {
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { return nil }
      values[line[..<equals]] = line[line.index(after: equals)...]
    }
    guard let directory = values["directory"], let binaries = values["binaries"],
      let version = values["version"], let startedAt = values["started"].flatMap({ Int($0) })
    else { return nil }
    self.init(
      directory: String(directory), binaries: String(binaries), version: String(version), startedAt: startedAt
    )
  }
}
