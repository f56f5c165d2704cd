/// The statements that make an object and what belongs to it, as the catalog has them.
///
/// Expressions, functions, views, indexes and triggers are in the server's own words (`pg_get_…def`); tables are put
/// together from their parts. Owners are left out. It is a text for people: what PostgreSQL has no statement for is a
/// comment.
public struct DefinitionScript: Sendable, Hashable {
  /// The statements, each with its semicolon, and comments.
  public var statements: [String]

  /// The statements with a blank line between them.
  public var text: String { statements.joined(separator: "\n\n") + "\n" }

  /// Writes an object down.
  ///
  /// - Parameter definition: the object's definition in the server's words, where the snapshot has none.
  public init(of object: SchemaObject, in index: SnapshotIndex, definition: String? = nil) {
    var object = object
    if object.definition.isEmpty, let definition { object.definition = definition }
    switch object.identity.kind {
    case .table, .foreignTable: statements = TableScript(table: object, index: index).statements
    case .view, .materializedView: statements = Self.view(object, index)
    default: statements = Self.plain(object, index)
    }
    // What the host provides is read without its grants.
    statements += Self.attachments(of: object, index, knowsGrants: definition == nil)
  }

  private static func view(_ view: SchemaObject, _ index: SnapshotIndex) -> [String] {
    let word = view.identity.kind == .view ? "VIEW" : "MATERIALIZED VIEW"
    let name = view.identity.qualifiedName
    var query = view.definition
    while query.last == ";" || query.last == "\n" { query.removeLast() }
    let head =
      query.isEmpty
      ? "-- the definition of \(word.lowercased()) \(name) was not read" : "CREATE \(word) \(name) \(query);"
    // The columns are those of the query.
    let parts = index.parts(of: view.identity).filter { $0.identity.kind != .column }
    return [head] + parts.compactMap(partStatement)
  }

  private static func plain(_ object: SchemaObject, _ index: SnapshotIndex) -> [String] {
    let name = object.identity.qualifiedName
    let definition = object.definition
    switch object.identity.kind {
    case .function, .procedure:
      guard !definition.isEmpty else { return ["-- the definition of \(object.identity) was not read"] }
      return [definition.trimmingLineEnds + ";"]
    case .schema: return ["CREATE SCHEMA \(name);"]
    case .sequence:
      return sequence(object)
    case .domain: return ["CREATE DOMAIN \(name) AS \(definition);"]
    case .type: return [type(name, definition)]
    case .extension: return ["CREATE EXTENSION \(name) \(definition);"]
    case .publication: return [publication(object, index)]
    case .statistics:
      let (text, target) = definition.splittingStatistics
      return [text + ";"] + (target.map { ["ALTER STATISTICS \(name) SET STATISTICS \($0);"] } ?? [])
    case .eventTrigger: return ["CREATE EVENT TRIGGER \(name)\n  \(definition.withoutMode.text);"]
    case .index, .constraint, .trigger, .policy, .rule, .rowSecurity, .forcedRowSecurity, .column:
      return [partStatement(object) ?? "-- \(object.identity): \(definition)"]
    default: return ["-- \(object.identity): \(definition)"]
    }
  }

  /// A sequence and the column that it numbers, which in turn needs the sequence for its default.
  private static func sequence(_ sequence: SchemaObject) -> [String] {
    let name = sequence.identity.qualifiedName
    var (isUnlogged, text) = sequence.definition.droppingPrefix("UNLOGGED ")
    var statements: [String] = []
    if case .sequence(let detail) = sequence.detail, let column = detail.ownedBy {
      let ending = " OWNED BY \(column.qualifiedName)"
      if text.hasSuffix(ending) { text = String(text.dropLast(ending.count)) }
      statements.append("ALTER SEQUENCE \(name)\(ending);")
    }
    return ["CREATE \(isUnlogged ? "UNLOGGED " : "")SEQUENCE \(name)\n  \(text);"] + statements
  }

  private static func type(_ name: String, _ definition: String) -> String {
    if definition.hasPrefix("INPUT") { return "-- base type \(name): \(definition)" }
    return "CREATE TYPE \(name) AS \(definition);"
  }

  private static func publication(_ publication: SchemaObject, _ index: SnapshotIndex) -> String {
    var (isForAll, rest) = publication.definition.droppingPrefix("FOR ALL TABLES ")
    var options: [String] = []
    if let start = rest.firstIndex(of: "("), let end = rest[start...].firstIndex(of: ")") {
      options.append("publish = '\(rest[rest.index(after: start)..<end])'")
      rest = String(rest[rest.index(after: end)...])
    }
    if rest.contains("VIA ROOT") { options.append("publish_via_partition_root = true") }
    let members = index.members(of: publication.identity)
    let tables = members.filter { $0.identity.schema != nil }.map { member in
      let table = ObjectIdentity(.table, schema: member.identity.schema, name: member.identity.name)
      return [table.qualifiedName, member.definition].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let schemas = members.filter { $0.identity.schema == nil }.map { Identifier.quoted($0.identity.name) }
    var lines = ["CREATE PUBLICATION \(publication.identity.qualifiedName)"]
    var targets: [String] = []
    if !tables.isEmpty { targets.append("TABLE \(tables.joined(separator: ", "))") }
    if !schemas.isEmpty { targets.append("TABLES IN SCHEMA \(schemas.joined(separator: ", "))") }
    if isForAll {
      lines.append("  FOR ALL TABLES")
    } else if !targets.isEmpty {
      lines.append("  FOR \(targets.joined(separator: ", "))")
    }
    if !options.isEmpty { lines.append("  WITH (\(options.joined(separator: ", ")))") }
    return lines.joined(separator: "\n") + ";"
  }

  /// Grants and comments of an object and of its columns.
  private static func attachments(
    of object: SchemaObject, _ index: SnapshotIndex, knowsGrants: Bool
  ) -> [String] {
    var statements: [String] = []
    let commented = [object] + index.parts(of: object.identity)
    for item in commented {
      guard let comment = item.comment, let target = item.identity.commentTarget else { continue }
      statements.append("COMMENT ON \(target) IS \(comment.sqlLiteral);")
    }
    guard knowsGrants else { return statements }
    for item in [object] + index.parts(of: object.identity, .column) {
      statements += GrantScript(on: item.identity, index.grants(on: item.identity)).statements
    }
    return statements
  }

  /// What makes one part of a relation, on its own.
  static func partStatement(_ part: SchemaObject) -> String? {
    let identity = part.identity
    let table = identity.table?.qualifiedName ?? ""
    switch identity.kind {
    case .column:
      return "ALTER TABLE \(table) ADD COLUMN \(Identifier.quoted(identity.name)) \(part.definition);"
    case .index: return part.definition + ";"
    case .constraint:
      return "ALTER TABLE \(table)\n  ADD CONSTRAINT \(Identifier.quoted(identity.name)) \(part.definition);"
    case .trigger:
      let (text, mode) = part.definition.withoutMode
      guard let mode else { return text + ";" }
      let word = mode == "DISABLED" ? "DISABLE" : "ENABLE \(mode)"
      return text + ";\n\nALTER TABLE \(table) \(word) TRIGGER \(Identifier.quoted(identity.name));"
    case .rule:
      // The defining rule of a view is the view.
      let text = part.definition.withoutMode.text
      return text.last == ";" ? text : text + ";"
    case .rowSecurity: return "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY;"
    case .forcedRowSecurity: return "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY;"
    case .policy: return policy(part)
    default: return nil
    }
  }

  private static func policy(_ policy: SchemaObject) -> String? {
    guard case .policy(let detail) = policy.detail else { return nil }
    var lines = ["CREATE POLICY \(Identifier.quoted(policy.identity.name))"]
    lines.append("  ON \(policy.identity.table?.qualifiedName ?? "")")
    if !detail.isPermissive { lines.append("  AS RESTRICTIVE") }
    lines.append("  FOR \(detail.command)")
    lines.append("  TO \(detail.roles.map(Identifier.quoted).joined(separator: ", "))")
    if let using = detail.using { lines.append("  USING (\(using))") }
    if let check = detail.check { lines.append("  WITH CHECK (\(check))") }
    return lines.joined(separator: "\n") + ";"
  }
}
