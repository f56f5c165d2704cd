/// The spellings of PostgreSQL's type names (PostgreSQL documentation, table 8.1).
public enum TypeSpelling {
  /// The type as `format_type` writes it: `timestamptz(3)` is `timestamp(3) with time zone`, `int4[]` is `integer[]`.
  ///
  /// What is no type of PostgreSQL's own stays as it is, apart from the case of unquoted names.
  public static func canonical(_ spelling: String) -> String { usual[spelling] ?? worked(out: spelling) }

  /// The usual spellings, each worked out once: most columns have one of these.
  private static let usual: [String: String] = {
    let names =
      Array(aliases.keys) + Array(aliases.values) + [
        "text", "uuid", "json", "jsonb", "date", "bytea", "name", "oid", "inet", "interval", "numeric",
        "text[]", "integer[]",
        "uuid[]",
      ]
    return Dictionary(names.map { ($0, worked(out: $0)) }, uniquingKeysWith: { first, _ in first })
  }()

  private static func worked(out spelling: String) -> String {
    var words = spelling.contains("\"") ? spelling : spelling.lowercased()
    words = words.split(separator: " ").joined(separator: " ")
    var array = ""
    while words.hasSuffix("]"), let open = words.lastIndex(of: "[") {
      array = "[]"
      words = String(words[..<open])
    }
    while words.hasSuffix(" ") { words.removeLast() }
    if words.hasPrefix("pg_catalog.") { words.removeFirst("pg_catalog.".count) }

    var modifier = ""
    if let open = words.firstIndex(of: "("), let close = words[open...].firstIndex(of: ")") {
      modifier = words[open...close].filter { $0 != " " }
      words.removeSubrange(open...close)
      words = words.split(separator: " ").joined(separator: " ")
    }
    let base = aliases[words] ?? words
    switch base {
    case "character" where modifier.isEmpty: modifier = "(1)"
    case "numeric" where !modifier.isEmpty && !modifier.contains(","):
      modifier = modifier.dropLast() + ",0)"
    default: break
    }
    guard base.hasPrefix("time"), let space = base.firstIndex(of: " ") else { return base + modifier + array }
    return base[..<space] + modifier + base[space...] + array
  }

  /// Whether two spellings name one type, where a user's type may be written with or without its schema.
  public static func agree(_ left: String, _ right: String) -> Bool {
    let left = canonical(left)
    let right = canonical(right)
    if left == right { return true }
    let isQualified = (left.contains("."), right.contains("."))
    guard isQualified.0 != isQualified.1 else { return false }
    return unqualified(left) == unqualified(right)
  }

  private static func unqualified(_ type: String) -> Substring {
    type.lastIndex(of: ".").map { type[type.index(after: $0)...] } ?? type[...]
  }

  private static let aliases: [String: String] = [
    "bool": "boolean", "int2": "smallint", "int4": "integer", "int": "integer", "int8": "bigint",
    "float4": "real", "float8": "double precision", "float": "double precision", "decimal": "numeric",
    "dec": "numeric", "varchar": "character varying", "char varying": "character varying",
    "char": "character",
    "bpchar": "character", "varbit": "bit varying", "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone", "time": "time without time zone",
    "timetz": "time with time zone",
    "serial": "integer", "serial4": "integer", "bigserial": "bigint", "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
  ]
}
