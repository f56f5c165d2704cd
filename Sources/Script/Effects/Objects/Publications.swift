import CPgQuery
import Schema

extension ObjectIdentity {
  /// The identity of a member of a publication: the table's schema and name under the publication; a whole schema's
  /// name has no schema of its own.
  public static func publicationMember(_ publication: String, schema: String?, name: String) -> ObjectIdentity
  {
    ObjectIdentity(.publicationMember, schema: schema, parent: publication, name: name)
  }
}

extension EffectReader {
  /// `CREATE PUBLICATION`.
  mutating func readCreatePublication(_ statement: PgQuery__CreatePublicationStmt) {
    let name = string(statement.pubname)
    let publication = ObjectIdentity(.publication, name: name)
    create(
      publication,
      definition: publicationText(
        options(statement.n_options, statement.options), forAllTables: statement.for_all_tables != 0))
    for member in list(statement.n_pubobjects, statement.pubobjects) { addMember(member, to: name) }
  }

  /// `ALTER PUBLICATION`.
  mutating func readAlterPublication(_ statement: PgQuery__AlterPublicationStmt) {
    let name = string(statement.pubname)
    let publication = ObjectIdentity(.publication, name: name)
    use(publication)
    let members = list(statement.n_pubobjects, statement.pubobjects)
    let settings = options(statement.n_options, statement.options)
    if !settings.isEmpty {
      alter(publication, definition: publicationText(settings, forAllTables: false))
      return
    }
    switch statement.action {
    case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects:
      for node in members {
        guard let member = member(node, of: name) else { continue }
        if let table = member.table { lock(.shareUpdateExclusive, table) }
        drop(member.identity)
      }
    case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects:
      if !known.contains(publication) { markOpaque("what publication \(name) had before goes") }
      for old in known.closure(ofDropping: publication, cascade: false) where old.kind == .publicationMember {
        drop(old, when: .ifExists)
      }
      for node in members { addMember(node, to: name, when: .orReplace) }
    default:
      for node in members { addMember(node, to: name) }
    }
  }

  private func publicationText(_ settings: [PgQuery__DefElem], forAllTables: Bool) -> String? {
    var parts = forAllTables ? ["FOR ALL TABLES"] : []
    let texts = settings.map { "\($0.name) = \($0.arg?.stringValue ?? "true")" }.sorted()
    if !texts.isEmpty { parts.append("WITH (\(texts.joined(separator: ", ")))") }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private mutating func addMember(
    _ node: Node, to publication: String, when condition: EffectCondition = .always
  ) {
    guard let member = member(node, of: publication) else { return }
    if let table = member.table {
      lock(.shareUpdateExclusive, table)
    } else {
      use(ObjectIdentity(.schema, name: member.identity.name))
    }
    create(
      member.identity, when: condition, definition: member.definition,
      partOf: [ObjectIdentity(.publication, name: publication)] + (member.table.map { [$0] } ?? []))
  }

  private func member(
    _ node: Node, of publication: String
  ) -> (identity: ObjectIdentity, table: ObjectIdentity?, definition: String?)? {
    guard node.kind == PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC else { return nil }
    let specification = node.pointee.publication_obj_spec.pointee
    guard let table = specification.pubtable?.pointee, let range = table.relation?.pointee else {
      let schema =
        specification.pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA
        ? creationSchema : string(specification.name)
      return (.publicationMember(publication, schema: nil, name: schema), nil, nil)
    }
    let relation = relation(range)
    let columns = names(table.n_columns, table.columns).map(KeyWords.quoted)
    var parts: [String] = columns.isEmpty ? [] : ["(\(columns.joined(separator: ", ")))"]
    if let condition = table.where_clause { parts.append("WHERE (\(Deparser.expression(condition)))") }
    return (
      .publicationMember(publication, schema: relation.schema, name: relation.name), relation,
      parts.isEmpty ? nil : parts.joined(separator: " ")
    )
  }
}
