/// The schemas in which unqualified names are looked up, as a file's statements have set them.
struct SearchPath: Sendable, Hashable {
  /// The schema of temporary objects, which nothing outside their session sees.
  static let temporarySchema = "pg_temp"

  /// The schemas in order, without `pg_catalog`, which is always searched, and `"$user"`.
  var schemas: [String] = ["public"]
  /// Whether a statement has set it, rather than the session beginning with it.
  private(set) var isSet = false

  /// The path that a session begins with.
  init() {}

  /// A path as it once was.
  init(schemas: [String], isSet: Bool) {
    self.schemas = schemas
    self.isSet = isSet
  }

  /// A path as `SET search_path` and `set_config` take it: schemas, or one text with commas in it.
  init(setting values: [String]) {
    isSet = true
    schemas = values.flatMap(Self.split).filter { $0 != "$user" && $0 != "pg_catalog" && !$0.isEmpty }
  }

  /// Where an unqualified object is created: in the first schema that is there.
  ///
  /// With an empty path PostgreSQL refuses to create anything; `public` stands in.
  func creationSchema(without missing: Set<String>) -> String {
    schemas.first {
      $0 != Self.temporarySchema && $0 != "information_schema" && !missing.contains($0)
    } ?? "public"
  }

  /// Splits `a, "B", c` at commas outside quotes; unquoted names are folded to lower case.
  private static func split(_ text: String) -> [String] {
    var found: [String] = []
    var current = ""
    var isQuoted = false
    var wasQuoted = false
    func finish() -> String {
      guard !wasQuoted else { return current }
      return String(current.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).lowercased()
    }
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
        if isQuoted { current = "" }
        wasQuoted = true
      case "," where !isQuoted:
        found.append(finish())
        current = ""
        wasQuoted = false
      default:
        if isQuoted || !wasQuoted { current.append(character) }
      }
    }
    found.append(finish())
    return found
  }
}
