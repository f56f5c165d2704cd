import Schema

/// Which column type of PostgreSQL stands for a scalar type of Prisma (Prisma schema reference, "Model field scalar
/// types").
enum ColumnTypes {
  /// The scalar types, and the column type of each that has no native type of its own.
  static let scalars: [String: String] = [
    "String": "text", "Boolean": "boolean", "Int": "integer", "BigInt": "bigint", "Float": "double precision",
    "Decimal": "numeric(65,30)", "DateTime": "timestamp(3)", "Json": "jsonb", "Bytes": "bytea",
  ]

  /// A native type: its name in SQL, the scalar that it is a type of, and how many arguments it may have.
  struct Native: Sendable {
    var sql: String
    var scalar: String
    var arguments: ClosedRange<Int> = 0...0
  }

  /// The native types (`@db.VarChar(20)`).
  static let natives: [String: Native] = [
    "Text": Native(sql: "text", scalar: "String"),
    "VarChar": Native(sql: "varchar", scalar: "String", arguments: 0...1),
    "Char": Native(sql: "char", scalar: "String", arguments: 0...1),
    "Bit": Native(sql: "bit", scalar: "String", arguments: 0...1),
    "VarBit": Native(sql: "varbit", scalar: "String", arguments: 0...1),
    "Uuid": Native(sql: "uuid", scalar: "String"), "Xml": Native(sql: "xml", scalar: "String"),
    "Inet": Native(sql: "inet", scalar: "String"), "Citext": Native(sql: "citext", scalar: "String"),
    "Boolean": Native(sql: "boolean", scalar: "Boolean"),
    "Integer": Native(sql: "integer", scalar: "Int"), "SmallInt": Native(sql: "smallint", scalar: "Int"),
    "Oid": Native(sql: "oid", scalar: "Int"), "BigInt": Native(sql: "bigint", scalar: "BigInt"),
    "DoublePrecision": Native(sql: "double precision", scalar: "Float"),
    "Real": Native(sql: "real", scalar: "Float"),
    "Decimal": Native(sql: "numeric", scalar: "Decimal", arguments: 0...2),
    "Money": Native(sql: "money", scalar: "Decimal"),
    "Timestamp": Native(sql: "timestamp", scalar: "DateTime", arguments: 0...1),
    "Timestamptz": Native(sql: "timestamptz", scalar: "DateTime", arguments: 0...1),
    "Date": Native(sql: "date", scalar: "DateTime"),
    "Time": Native(sql: "time", scalar: "DateTime", arguments: 0...1),
    "Timetz": Native(sql: "timetz", scalar: "DateTime", arguments: 0...1),
    "Json": Native(sql: "json", scalar: "Json"), "JsonB": Native(sql: "jsonb", scalar: "Json"),
    "ByteA": Native(sql: "bytea", scalar: "Bytes"),
  ]

  /// The column type of a scalar field, as PostgreSQL writes it; the native type must be one of the list.
  static func column(_ scalar: String, native: PrismaAttribute?) -> String {
    guard let native, let name = native.name.text.split(separator: ".").last.map(String.init),
      let type = natives[name]
    else { return TypeSpelling.canonical(scalars[scalar] ?? scalar) }
    let arguments = native.arguments.map(\.value.text)
    return TypeSpelling.canonical(
      type.sql + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))"))
  }

  /// Whether two types are one: the six digits that a time has anyway and the single bit may be left out.
  static func agree(_ left: String, _ right: String) -> Bool {
    TypeSpelling.agree(plain(left), plain(right))
  }

  private static func plain(_ type: String) -> String {
    var type = TypeSpelling.canonical(type)
    if type.hasPrefix("time"), let open = type.firstIndex(of: "("), type[open...].hasPrefix("(6)") {
      type.removeSubrange(open..<type.index(open, offsetBy: 3))
    }
    if type == "bit" || type == "bit[]" { type = "bit(1)" + type.dropFirst(3) }
    return type
  }
}
