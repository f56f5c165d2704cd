/// The statements that make a table with its indexes, policies and triggers.
struct TableScript {
  let table: SchemaObject
  let index: SnapshotIndex

  var statements: [String] {
    var (definition, identity) = splitReplicaIdentity
    let (isUnlogged, logged) = definition.droppingPrefix("UNLOGGED ")
    definition = logged
    var after: [String] = []
    var elements: [String] = []
    for column in index.parts(of: table.identity, .column) {
      let (text, statistics) = column.definition.splittingStatistics
      elements.append("\(Identifier.quoted(column.identity.name)) \(text)")
      if let statistics {
        after.append(
          "ALTER TABLE \(name) ALTER COLUMN \(Identifier.quoted(column.identity.name)) SET STATISTICS \(statistics);"
        )
      }
    }
    let constraints = index.parts(of: table.identity, .constraint).filter { !isInherited($0) }
    for constraint in constraints {
      // A partition has its parent's columns, and what is not validated cannot stand in CREATE TABLE.
      if isPartition || constraint.definition.hasSuffix(" NOT VALID") {
        after.append(DefinitionScript.partStatement(constraint) ?? "")
      } else {
        elements.append("CONSTRAINT \(Identifier.quoted(constraint.identity.name)) \(constraint.definition)")
      }
    }
    let words =
      isUnlogged ? "UNLOGGED TABLE" : table.identity.kind == .foreignTable ? "FOREIGN TABLE" : "TABLE"
    var head = "CREATE \(words) \(name)"
    if !isPartition { head += " (\n  " + elements.joined(separator: ",\n  ") + "\n)" }
    if !definition.isEmpty { head += (isPartition ? "\n  " : " ") + definition }
    if let identity { after.append("ALTER TABLE \(name) \(identity);") }
    return [head + ";"] + after + attached
  }

  private var name: String { table.identity.qualifiedName }

  private var isPartition: Bool {
    table.definition.droppingPrefix("UNLOGGED ").rest.hasPrefix("PARTITION OF ")
  }

  /// Whether a partition has a part from its parent, and so comes with it.
  private func isInherited(_ part: SchemaObject) -> Bool {
    guard isPartition, case .relation(let detail) = table.detail, let parent = detail.parent else {
      return false
    }
    return index.parts(of: parent, part.identity.kind).contains { other in
      switch part.identity.kind {
      case .constraint: other.definition == part.definition
      case .index: other.definition.behindMethod == part.definition.behindMethod
      case .trigger: other.identity.name == part.identity.name
      default: false
      }
    }
  }

  /// Indexes that no constraint brings along, then row security, policies, triggers and rules.
  private var attached: [String] {
    let parts = index.parts(of: table.identity)
    let kinds: [ObjectKind] = [.index, .rowSecurity, .forcedRowSecurity, .policy, .trigger, .rule]
    return kinds.flatMap { kind in
      parts.filter { part in
        guard part.identity.kind == kind, !isInherited(part) else { return false }
        return if case .index(let detail) = part.detail { detail.constraint == nil } else { true }
      }
      .compactMap(DefinitionScript.partStatement)
    }
  }

  /// What `ALTER TABLE … REPLICA IDENTITY` sets stands last in the definition.
  private var splitReplicaIdentity: (String, String?) {
    let words = "REPLICA IDENTITY "
    guard let place = table.definition[...].lastPlace(of: words) else { return (table.definition, nil) }
    return (String(table.definition[..<place].trimmingBlanks), String(table.definition[place...]))
  }
}
