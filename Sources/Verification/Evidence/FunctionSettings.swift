/// The settings that a function's calls run under, in a form that does not depend on how they were written.
struct FunctionSettings {
  private var values: [String: String] = [:]

  /// Takes settings as `pg_proc.proconfig` has them (`search_path=public, extensions`).
  init(_ settings: [String]) {
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first else { continue }
      set(String(name), to: parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// Takes ``text`` apart again.
  init(text: String) { self.init(text.split(separator: "\n").map(String.init)) }

  /// All of them, one a line, sorted.
  var text: String { values.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "\n") }

  /// Does what `ALTER FUNCTION … SET` or `RESET` does; false if the clause is neither, or more than that.
  mutating func apply(_ clause: String) -> Bool {
    if clause == "RESET ALL" {
      values = [:]
      return true
    }
    if clause.hasPrefix("RESET ") {
      let name = clause.dropFirst("RESET ".count)
      guard !name.contains(" ") else { return false }
      values[name.lowercased()] = nil
      return true
    }
    guard clause.hasPrefix("SET ") else { return false }
    let words = clause.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 3, words[2] == "TO", !words[3...].contains("SET") else { return false }
    set(String(words[1]), to: words[3...].joined(separator: " "))
    return true
  }

  private mutating func set(_ name: String, to value: String) {
    values[name.lowercased()] = value.filter { !" \"'".contains($0) }
  }
}
