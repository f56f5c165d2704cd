import CPgQuery
import Schema

/// A type as a statement names it.
struct TypeReference: Sendable, Hashable {
  /// As `format_type` writes it with an empty search path, with its modifier: `character varying(50)`, `public.mood`.
  var text: String
  /// The same without the modifier, as function signatures have it.
  var signature: String
  /// The user's type, if it is none of PostgreSQL's own.
  var identity: ObjectIdentity?
  /// Whether it is a set (`SETOF`).
  var isSet = false
  /// The integer type's internal name, if it is one of the `serial` pseudo-types.
  var serialBase: String?
}

extension EffectReader {
  /// The type that a type name stands for.
  ///
  /// A user type that is not known from an earlier statement is taken to be in the first schema of the search path.
  func type(_ typeName: PgQuery__TypeName) -> TypeReference {
    var parts = names(typeName.n_names, typeName.names)
    var isArray = typeName.n_array_bounds > 0
    if typeName.pct_type != 0 {
      let owner = relation(Array(parts.dropLast()))
      let column = known.relation(owner.schema ?? "", owner.name)?.columns.first { $0.name == parts.last }
      let text = column?.type ?? parts.map(Identifier.quoted).joined(separator: ".") + "%TYPE"
      let bare = column.map { Self.withoutModifier($0.type) } ?? text
      let suffix = isArray ? "[]" : ""
      return TypeReference(
        text: text + suffix, signature: bare + suffix, identity: column?.typeIdentity,
        isSet: typeName.setof != 0)
    }
    if parts.count > 1 && parts[parts.count - 2] == "pg_catalog" { parts = [parts[parts.count - 1]] }
    let name = parts.last ?? ""
    if parts.count == 1, let base = BuiltInTypes.serialBase(name) {
      let text = BuiltInTypes.spelling(base)
      return TypeReference(text: text, signature: text, serialBase: base)
    }
    var base = name
    if parts.count == 1, name.hasPrefix("_"), BuiltInTypes.contains(String(name.dropFirst())) {
      base = String(name.dropFirst())
      isArray = true
    }
    if name.hasPrefix("_"), isArrayName(parts) {
      base = String(name.dropFirst())
      parts[parts.count - 1] = base
      isArray = true
    }
    let suffix = isArray ? "[]" : ""
    let modifiers = list(typeName.n_typmods, typeName.typmods)
    if parts.count == 1, BuiltInTypes.contains(base), !isKnownUserType(base) {
      return TypeReference(
        text: Self.spelled(base, modifiers) + suffix, signature: BuiltInTypes.spelling(base) + suffix,
        isSet: typeName.setof != 0)
    }
    let identity = userType(parts)
    let spelling = [identity.schema, identity.name].compactMap { $0 }.map(Identifier.quoted)
      .joined(separator: ".")
    let arguments = modifiers.map(Deparser.expression).joined(separator: ",")
    return TypeReference(
      text: spelling + (arguments.isEmpty ? "" : "(\(arguments))") + suffix, signature: spelling + suffix,
      identity: identity, isSet: typeName.setof != 0)
  }

  /// Whether `_name` is the internal name of the array over a known type `name`.
  private func isArrayName(_ parts: [String]) -> Bool {
    let schemas = parts.count > 1 ? [parts[parts.count - 2]] : searchPath.schemas
    guard let name = parts.last else { return false }
    return schemas.contains { schema in
      known.types[QualifiedName(schema, name)] == nil
        && known.types[QualifiedName(schema, String(name.dropFirst()))] != nil
    }
  }

  /// Names that begin with `pg_` may be the user's own types.
  private func isKnownUserType(_ name: String) -> Bool {
    name.hasPrefix("pg_") && searchPath.schemas.contains { known.types[QualifiedName($0, name)] != nil }
  }

  /// The type and the use of it.
  mutating func typeInUse(_ typeName: PgQuery__TypeName) -> TypeReference {
    let reference = type(typeName)
    if let identity = reference.identity { use(identity) }
    return reference
  }

  private static func spelled(_ base: String, _ modifiers: [Node]) -> String {
    let plain = BuiltInTypes.spelling(base)
    if base == "interval" { return intervalText(modifiers.compactMap(\.integerValue)) }
    guard !modifiers.isEmpty else { return plain }
    let arguments = "(" + modifiers.map(Deparser.expression).joined(separator: ",") + ")"
    switch base {
    case "timestamp", "timestamptz", "time", "timetz":
      let space = plain.firstIndex(of: " ") ?? plain.endIndex
      return String(plain[..<space]) + arguments + String(plain[space...])
    case "numeric" where modifiers.count == 1:
      return plain + "(" + Deparser.expression(modifiers[0]) + ",0)"
    default:
      return plain + arguments
    }
  }

  /// An interval with its fields: the bits are those of `INTERVAL_MASK` in PostgreSQL's `utils/timestamp.h`.
  private static func intervalText(_ modifiers: [Int]) -> String {
    guard let mask = modifiers.first else { return "interval" }
    let year = 1 << 2, month = 1 << 1, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12
    let fields: [Int: String] = [
      year: " year", month: " month", day: " day", hour: " hour", minute: " minute", second: " second",
      year | month: " year to month", day | hour: " day to hour", day | hour | minute: " day to minute",
      day | hour | minute | second: " day to second", hour | minute: " hour to minute",
      hour | minute | second: " hour to second", minute | second: " minute to second",
    ]
    let precision = modifiers.count > 1 && modifiers[1] <= 6 ? "(\(modifiers[1]))" : ""
    return "interval" + (fields[mask] ?? "") + precision
  }

  /// `character varying(50)` as `character varying`; `timestamp(3) with time zone` as `timestamp with time zone`.
  static func withoutModifier(_ type: String) -> String {
    guard let open = type.firstIndex(of: "("), let close = type[open...].firstIndex(of: ")") else {
      return type
    }
    return String(type[..<open]) + String(type[type.index(after: close)...])
  }
}
