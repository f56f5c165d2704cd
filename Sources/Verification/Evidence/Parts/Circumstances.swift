import Schema
import Script

/// What is known of objects beside their definitions: who owns them, where and how they are kept, what they are attached
/// to, which version they have.
///
/// Drift compares these only where the files say something of them: else they are whoever's business runs the server.
enum Circumstances {
  /// What a statement that makes an object says of one of these; nil where the name is none of them.
  static func made(_ name: String, by effect: Effect, in statement: Statement) -> FacetValue? {
    switch name {
    case "owner": .creator
    case "tablespace": storage(of: effect.detail)?.tablespace.map(tablespace) ?? .value("")
    case "access method": .value(storage(of: effect.detail)?.accessMethod ?? "heap")
    case "clustering": .value("")
    // An index that comes with another one on the partitioned table is attached to it.
    case "parent index": statement.tag == "CREATE INDEX" ? .value("") : .unknown
    case "version" where effect.object.kind == .extension:
      word(behind: "VERSION ", in: effect.definition) ?? .unknown
    case "schema" where effect.object.kind == .extension:
      word(behind: "SCHEMA ", in: effect.definition) ?? .value(statement.searchPath?.first ?? "public")
    default: nil
    }
  }

  /// What an alteration makes of them; nil where it is about something else.
  static func changes(by effect: Effect) -> [DefinitionChange]? {
    let clause = effect.definition ?? ""
    func rest(_ words: String) -> String? {
      clause.hasPrefix(words) ? String(clause.dropFirst(words.count)) : nil
    }
    if effect.object.kind == .comment { return nil }
    if let role = rest("OWNER TO ") { return [DefinitionChange("owner", .word(role))] }
    if let name = rest("SET TABLESPACE ").map(Identifier.unquoted) {
      return [DefinitionChange("tablespace", .word(name == ownTablespace ? "" : name))]
    }
    if let name = rest("SET ACCESS METHOD ").map(Identifier.unquoted) {
      return [DefinitionChange("access method", .word(name))]
    }
    if let name = rest("CLUSTER ON ").map(Identifier.unquoted) {
      return [DefinitionChange("clustering", .word(name))]
    }
    if clause == "SET WITHOUT CLUSTER" { return [DefinitionChange("clustering", .word(""))] }
    if effect.object.kind == .index, let name = rest("PARTITION OF ") {
      return [DefinitionChange("parent index", .word(name))]
    }
    guard effect.object.kind == .extension else { return nil }
    if let schema = rest("SET SCHEMA ") { return [DefinitionChange("schema", .word(schema))] }
    if clause == "UPDATE" { return nil }
    guard case .value(let version)? = word(behind: "UPDATE TO ", in: clause) else { return nil }
    return [DefinitionChange("version", .word(version))]
  }

  /// One of these as the catalog shows it; nil where the name is none of them.
  static func shown(_ name: String, of object: SchemaObject) -> FacetValue? {
    switch name {
    case "owner": known(object.owner)
    case "tablespace": known(storage(of: object.detail)?.tablespace)
    case "access method": known(storage(of: object.detail)?.accessMethod)
    case "clustering": storage(of: object.detail).map { .value($0.clusteredOn ?? "") } ?? .unknown
    case "parent index": storage(of: object.detail).map { .value($0.parent?.qualifiedName ?? "") } ?? .unknown
    case "version" where object.identity.kind == .extension:
      word(behind: "VERSION ", in: object.definition) ?? .unknown
    case "schema" where object.identity.kind == .extension:
      word(behind: "SCHEMA ", in: object.definition) ?? .unknown
    default: nil
    }
  }

  /// The names that drift compares where the files say something of them.
  static let names = [
    "owner", "tablespace", "access method", "clustering", "parent index", "version", "schema",
  ]

  private static let ownTablespace = "pg_default"

  private static func tablespace(_ name: String) -> FacetValue { .value(name == ownTablespace ? "" : name) }

  private static func known(_ text: String?) -> FacetValue { text.map { .value($0) } ?? .unknown }

  private static func storage(of detail: ObjectDetail) -> RelationStorage? {
    switch detail {
    case .relation(let relation): relation.storage
    case .index(let index): index.storage
    default: nil
    }
  }

  /// The word or the literal behind a key word in a text such as `SCHEMA e VERSION '1.4'`.
  private static func word(behind mark: String, in text: String?) -> FacetValue? {
    guard let text, let start = text.range(ofMark: mark) else { return nil }
    let word = DefinitionParts.firstName(of: String(text[start...].dropFirst(mark.count)))
    return .value(Identifier.unquoted(word.filter { $0 != "'" }))
  }
}
