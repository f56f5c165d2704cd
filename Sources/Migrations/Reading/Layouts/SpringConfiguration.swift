/// What Spring Boot's `application.properties` or `application.yml` says to Flyway.
enum SpringConfiguration {
  /// The files in which Spring Boot looks, relative to a project.
  static let files = ["properties", "yml", "yaml"].flatMap { ending in
    ["src/main/resources/application.\(ending)", "src/main/resources/config/application.\(ending)"]
  }

  /// The settings below `spring.flyway`, with lists joined by commas, and names as Flyway's own configuration has them.
  static func settings(in text: String, file: String) -> [(String, String)] {
    let all = file.hasSuffix(".properties") ? PropertiesText.settings(text) : yamlSettings(text)
    return all.compactMap { key, value in
      let prefix = "spring.flyway."
      guard key.hasPrefix(prefix) else { return nil }
      return (camelCased(String(key.dropFirst(prefix.count))), value)
    }
  }

  /// The leaves of a YAML text of mappings, scalars and lists of scalars, by their dotted keys.
  private static func yamlSettings(_ text: String) -> [(String, String)] {
    var path: [(indent: Int, key: String)] = []
    var found: [(String, String)] = []
    for line in text.split(whereSeparator: \.isNewline) {
      // Another document holds for a profile of its own.
      if line.hasPrefix("---"), !found.isEmpty { break }
      let indent = line.prefix { $0 == " " }.count
      let content = trimmed(withoutComment(line.dropFirst(indent)))
      if content.hasPrefix("- ") {
        guard let last = found.last else { continue }
        let item = unquoted(trimmed(content.dropFirst(2)))
        let key = path.map(\.key).joined(separator: ".")
        if last.0 == key {
          found[found.count - 1].1 += last.1.isEmpty ? item : "," + item
        }
        continue
      }
      guard let colon = content.firstIndex(of: ":") else { continue }
      let value = trimmed(content[content.index(after: colon)...])
      path.removeAll { $0.indent >= indent }
      path.append((indent, unquoted(trimmed(content[..<colon]))))
      found.append((path.map(\.key).joined(separator: "."), list(value)))
    }
    return found
  }

  private static func list(_ value: Substring) -> String {
    guard value.hasPrefix("["), value.hasSuffix("]") else { return unquoted(value) }
    return value.dropFirst().dropLast().split(separator: ",").map { unquoted(trimmed($0)) }.joined(
      separator: ",")
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    if line.first == "#" { return "" }
    guard let space = line.indices.first(where: { line[$0...].hasPrefix(" #") }) else { return line }
    return line[..<space]
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    var text = text.drop { blanks.contains($0) }
    while let last = text.last, blanks.contains(last) { text.removeLast() }
    return text
  }

  private static func unquoted(_ text: Substring) -> String {
    guard text.count > 1, let first = text.first, first == "\"" || first == "'", text.last == first else {
      return String(text)
    }
    return String(text.dropFirst().dropLast())
  }

  /// `sql-migration-prefix` as Flyway itself writes it.
  private static func camelCased(_ key: String) -> String {
    if key.hasPrefix("placeholders.") { return key }
    let words = key.split(separator: "-")
    return words.enumerated().map { place, word in
      place == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}
