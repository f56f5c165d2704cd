/// libpq's connection service file (`~/.pg_service.conf`): sections with `key=value` lines.
public struct ServiceFile: Sendable, Hashable {
  /// The file's path.
  public var path: String
  /// The settings of each service.
  public var services: [String: [String: String]]

  /// Reads a file's text by the rules of "The Connection Service File" in libpq's documentation.
  public init(parsing text: String, path: String) {
    self.path = path
    services = [:]
    var current: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmed
      if line.first == "#" || line.isEmpty { continue }
      if line.first == "[", let end = line.firstIndex(of: "]") {
        let name = String(line[line.index(after: line.startIndex)..<end])
        // Of two sections of one name libpq reads the first.
        current = services[name] == nil ? name : nil
        if current != nil { services[name] = [:] }
      } else if let current, let sign = line.firstIndex(of: "=") {
        services[current]?[String(line[..<sign])] = String(line[line.index(after: sign)...])
      }
    }
  }
}
