/// A file of variables (`.env`): `NAME=value` lines, as dotenv libraries read them.
///
/// `export` may stand before a name; values may be in quotes, single ones taken as they are; `#` begins a comment at the
/// beginning of a line and, after white space, behind a value without quotes. Variables in values are not expanded.
public struct EnvironmentFile: Sendable, Hashable {
  /// One variable.
  public struct Variable: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its value, without quotes.
    public var value: String
    /// The line that it begins in, from 1.
    public var line: Int
  }

  /// The file's path.
  public var path: String
  /// Its variables, in order; of one that is set twice the later counts.
  public var variables: [Variable]

  /// The value of a variable with its line; nil if it is not set, or set to nothing.
  public subscript(name: String) -> Variable? {
    variables.last { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0 }
  }

  /// The names of the variables that look as if they held a secret: passwords, keys, tokens, addresses with a password.
  public var secretNames: [String] {
    variables.filter { variable in
      if variable.value.isEmpty || !Placeholder.all(in: variable.value[...]).isEmpty { return false }
      if let password = ConnectionAddress(parsing: variable.value).password { return !password.isEmpty }
      let words = variable.name.lowercased().split(separator: "_").map(String.init)
      // A key that browsers are given is no secret.
      if words.contains("anon") || words.contains("public") || words.contains("publishable") { return false }
      return words.contains { ["password", "passwd", "secret", "token", "key", "pgpassword"].contains($0) }
    }
    .map(\.name)
  }

  /// Reads a file's text.
  public init(parsing text: String, path: String) {
    self.path = path
    variables = []
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    var number = 0
    while let line = lines.popFirst() {
      number += 1
      var rest = line.trimmed
      if rest.hasPrefix("export ") { rest = rest.dropFirst(7).trimmed }
      guard let sign = rest.firstIndex(of: "="), rest.first != "#" else { continue }
      let name = rest[..<sign].trimmed
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) }) else {
        continue
      }
      var value = rest[rest.index(after: sign)...].trimmed
      let begin = number
      guard let quote = value.first, quote == "\"" || quote == "'" else {
        variables.append(Variable(name: String(name), value: Self.withoutComment(value), line: begin))
        continue
      }
      value = value.dropFirst()
      var content = ""
      while true {
        let (part, isClosed) = Self.quoted(value, quote)
        content += part
        guard !isClosed, let next = lines.popFirst() else { break }
        number += 1
        content += "\n"
        value = next
      }
      variables.append(Variable(name: String(name), value: content, line: begin))
    }
  }

  private static func withoutComment(_ value: Substring) -> String {
    var previous: Character = " "
    for index in value.indices {
      if value[index] == "#", previous.isWhitespace { return String(value[..<index].trimmed) }
      previous = value[index]
    }
    return String(value)
  }

  /// The text up to the closing quote, and whether there is one.
  private static func quoted(_ text: Substring, _ quote: Character) -> (String, Bool) {
    var content = ""
    var rest = text
    while let character = rest.popFirst() {
      if character == quote { return (content, true) }
      if character == "\\", quote == "\"", let next = rest.popFirst() {
        content.append(next == "n" ? "\n" : next == "t" ? "\t" : next)
      } else {
        content.append(character)
      }
    }
    return (content, false)
  }
}
