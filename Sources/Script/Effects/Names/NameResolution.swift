import CPgQuery
import Schema

extension EffectReader {
  /// The schema in which a new object comes to be whose name has none.
  var creationSchema: String { searchPath.creationSchema(without: known.missingSchemas) }

  /// The schema that a newly made object gets: its own, else the first of the search path that is there.
  func creationSchema(_ given: UnsafePointer<CChar>?) -> String {
    nonEmpty(given) ?? creationSchema
  }

  /// The schema and name of a new object from the parts of a dotted name.
  func newName(_ parts: [String]) -> QualifiedName {
    guard parts.count > 1 else { return QualifiedName(creationSchema, parts.last ?? "") }
    return QualifiedName(parts[parts.count - 2], parts[parts.count - 1])
  }

  /// A relation that is being made.
  func newRelation(_ range: PgQuery__RangeVar, _ kind: ObjectKind) -> ObjectIdentity {
    let isTemporary = string(range.relpersistence) == "t"
    let schema = isTemporary ? SearchPath.temporarySchema : creationSchema(range.schemaname)
    return ObjectIdentity(kind, schema: schema, name: string(range.relname))
  }

  /// An existing relation, as the statement names it; a table where nothing is known of its kind.
  func relation(_ range: PgQuery__RangeVar, _ assumed: ObjectKind = .table) -> ObjectIdentity {
    relation([nonEmpty(range.schemaname), string(range.relname)].compactMap { $0 }, assumed)
  }

  /// An existing relation by the parts of a dotted name.
  func relation(_ parts: [String], _ assumed: ObjectKind = .table) -> ObjectIdentity {
    let name = parts.last ?? ""
    if parts.count > 1 {
      let schema = parts[parts.count - 2]
      return ObjectIdentity(
        kind(ofRelation: schema, name, assumed), schema: schema, name: name)
    }
    for schema in [SearchPath.temporarySchema] + searchPath.schemas where known.relation(schema, name) != nil
    {
      return ObjectIdentity(kind(ofRelation: schema, name, assumed), schema: schema, name: name)
    }
    if BuiltInRelations.contains(name) { return ObjectIdentity(assumed, schema: "pg_catalog", name: name) }
    return ObjectIdentity(assumed, schema: creationSchema, name: name)
  }

  private func kind(ofRelation schema: String, _ name: String, _ assumed: ObjectKind) -> ObjectKind {
    guard let known = known.relation(schema, name)?.kind else { return assumed }
    return known == .type ? assumed : known
  }

  /// A relation and a part of it from a dotted name whose last part is the part's.
  func relationAndPart(_ parts: [String]) -> (relation: ObjectIdentity, part: String) {
    (relation(Array(parts.dropLast())), parts.last ?? "")
  }

  /// An existing type or domain from the parts of a dotted name.
  func userType(_ parts: [String]) -> ObjectIdentity {
    let name = parts.last ?? ""
    if parts.count > 1 {
      let schema = parts[parts.count - 2]
      return ObjectIdentity(known.types[QualifiedName(schema, name)] ?? .type, schema: schema, name: name)
    }
    for schema in searchPath.schemas {
      if let kind = known.types[QualifiedName(schema, name)] {
        return ObjectIdentity(kind, schema: schema, name: name)
      }
      if let relation = known.relation(schema, name), relation.kind == .table || relation.kind == .view {
        return ObjectIdentity(relation.kind, schema: schema, name: name)
      }
    }
    if let home = WellKnownExtensions.provider(ofType: name).flatMap({ known.extensionSchemas[$0] }) {
      return ObjectIdentity(.type, schema: home, name: name)
    }
    return ObjectIdentity(.type, schema: creationSchema, name: name)
  }

  /// A called function, or nil if it comes with the server.
  ///
  /// A call does not say which overload it means: the signature is nil unless only one known function fits the arguments.
  func calledFunction(
    _ parts: [String], argumentCount: Int?, arguments: [Node] = []
  ) -> ObjectIdentity? {
    let name = parts.last ?? ""
    func identity(_ schema: String) -> ObjectIdentity? {
      guard let routines = known.routines[QualifiedName(schema, name)], !routines.isEmpty else { return nil }
      var fitting = routines.filter { routine in
        argumentCount.map { routine.acceptedCounts.contains($0) } ?? true
      }
      if fitting.count > 1, !arguments.isEmpty {
        fitting = ArgumentShape.choose(fitting, for: arguments.map { ArgumentShape($0) }) {
          $0.identity.signature ?? ""
        }
      }
      if fitting.count == 1 { return fitting[0].identity }
      return ObjectIdentity(routines[0].identity.kind, schema: schema, name: name)
    }
    if parts.count > 1 {
      let schema = parts[parts.count - 2]
      if schema == "pg_catalog" { return nil }
      return identity(schema) ?? ObjectIdentity(.function, schema: schema, name: name)
    }
    if let found = searchPath.schemas.lazy.compactMap(identity).first { return found }
    if BuiltInFunctions.contains(name) { return nil }
    if let home = WellKnownExtensions.provider(ofFunction: name).flatMap({ known.extensionSchemas[$0] }) {
      return ObjectIdentity(.function, schema: home, name: name)
    }
    return ObjectIdentity(.function, schema: creationSchema, name: name)
  }

  /// The roles of a list of role specifications, as grants and policies write them.
  func roles(_ nodes: [Node]) -> [String] {
    nodes.compactMap { node in
      node.kind == PG_QUERY__NODE__NODE_ROLE_SPEC
        ? roleName(node.pointee.role_spec.pointee) : node.stringValue
    }
  }

  /// The name of a role; the key words keep their spelling (`CURRENT_USER`), `PUBLIC` is `public`.
  func roleName(_ role: PgQuery__RoleSpec) -> String {
    switch role.roletype {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC: "public"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE: "CURRENT_ROLE"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER: "CURRENT_USER"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER: "SESSION_USER"
    default: string(role.rolename)
    }
  }

  /// Notes the use of roles that a statement names, without the key words.
  mutating func useRoles(_ names: [String]) {
    for name in names where name != "public" && name != name.uppercased() {
      use(ObjectIdentity(.role, name: name))
    }
  }
}
