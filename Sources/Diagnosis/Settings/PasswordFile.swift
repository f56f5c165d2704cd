/// libpq's password file (`~/.pgpass`): `host:port:database:user:password` lines.
public struct PasswordFile: Sendable, Hashable {
  /// The file's path.
  public var path: String
  /// Whether others than its owner may read it; libpq does not use it then.
  public var isOpenToOthers: Bool
  private var entries: [(line: Int, fields: [String])] = []

  /// Reads a file's text; the passwords are dropped at once.
  public init(parsing text: String, path: String, isOpenToOthers: Bool = false) {
    self.path = path
    self.isOpenToOthers = isOpenToOthers
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line.first == "#" { continue }
      let fields = Self.fields(of: line)
      if fields.count > 4 { entries.append((index + 1, Array(fields.prefix(4)))) }
    }
  }

  /// The line whose password libpq takes for a connection; nil if none fits.
  public func line(host: String, port: String, database: String, user: String) -> Int? {
    // For a socket in the default directory and for no host at all, libpq looks for `localhost`.
    let host = host.isEmpty || host.hasPrefix("/") ? "localhost" : host
    return entries.first { entry in
      zip(entry.fields, [host, port, database, user]).allSatisfy { $0 == "*" || $0 == $1 }
    }?.line
  }

  /// The parts between colons; a backslash takes the next character as it is.
  private static func fields(of line: Substring) -> [String] {
    var fields = [""]
    var rest = line
    while let character = rest.popFirst() {
      if character == ":" {
        fields.append("")
      } else if character == "\\", let next = rest.popFirst() {
        fields[fields.count - 1].append(next)
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  /// Whether two files say the same.
  public static func == (left: PasswordFile, right: PasswordFile) -> Bool {
    left.path == right.path && left.isOpenToOthers == right.isOpenToOthers
      && left.entries.elementsEqual(right.entries) { $0.line == $1.line && $0.fields == $1.fields }
  }

  /// Feeds what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(isOpenToOthers)
    for entry in entries {
      hasher.combine(entry.line)
      hasher.combine(entry.fields)
    }
  }
}
