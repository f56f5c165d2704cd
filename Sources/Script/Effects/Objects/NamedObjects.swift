import CPgQuery
import Schema

extension EffectReader {
  /// The object that a `DROP`, `COMMENT`, `ALTER … OWNER` and their like name; nil for kinds that have no identity here.
  func object(_ type: PgQuery__ObjectType, _ node: Node) -> ObjectIdentity? {
    let parts = node.nameParts
    switch type {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, PG_QUERY__OBJECT_TYPE__OBJECT_VIEW,
      PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE,
      PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return relation(parts, Self.relationKind(type))
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      let (owner, part) = relationAndPart(parts)
      return .column(owner.schema ?? "", owner.name, part)
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return partOfRelation(.constraint, parts)
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return partOfRelation(.trigger, parts)
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return partOfRelation(.policy, parts)
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return partOfRelation(.rule, parts)
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      var identity = userType(parts)
      if type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN { identity.kind = .domain }
      return identity
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return node.elements.first.map { userType($0.nameParts).with(kind: .domain) }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE,
      PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      guard node.kind == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS else { return nil }
      return routine(node.pointee.object_with_args.pointee, type)
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
      guard node.kind == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS else { return nil }
      let name = newName(parts)
      let arguments = list(
        node.pointee.object_with_args.pointee.n_objargs, node.pointee.object_with_args.pointee.objargs
      ).map {
        $0.kind == PG_QUERY__NODE__NODE_TYPE_NAME ? self.type($0.pointee.type_name.pointee).signature : "NONE"
      }
      return ObjectIdentity(
        .operator, schema: name.schema, name: name.name, signature: arguments.joined(separator: ", "))
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST:
      let types = node.elements.filter { $0.kind == PG_QUERY__NODE__NODE_TYPE_NAME }
        .map { self.type($0.pointee.type_name.pointee).signature }
      return ObjectIdentity(.cast, name: "\(types.first ?? "") AS \(types.last ?? "")")
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM:
      guard let first = node.elements.first, first.kind == PG_QUERY__NODE__NODE_TYPE_NAME else { return nil }
      let language = node.elements.last?.stringValue ?? ""
      return ObjectIdentity(
        .transform, name: "\(self.type(first.pointee.type_name.pointee).signature) FOR \(language)")
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS, PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY:
      let isClass = type == PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS
      return accessMethodObject(
        isClass ? .operatorClass : .operatorFamily, Array(parts.dropFirst()), method: parts.first ?? "")
    default:
      guard let kind = Self.plainKinds[type.rawValue] else { return nil }
      if kind.isOutsideSchemas { return ObjectIdentity(kind, name: parts.last ?? "") }
      let name = newName(parts)
      return ObjectIdentity(kind, schema: name.schema, name: name.name)
    }
  }

  /// The identity of an operator class or family; its access method stands where functions have their arguments.
  func accessMethodObject(_ kind: ObjectKind, _ parts: [String], method: String) -> ObjectIdentity {
    let name = newName(parts)
    return ObjectIdentity(kind, schema: name.schema, name: name.name, signature: method)
  }

  private func partOfRelation(_ kind: ObjectKind, _ parts: [String]) -> ObjectIdentity {
    let (owner, part) = relationAndPart(parts)
    return ObjectIdentity(kind, schema: owner.schema, parent: owner.name, name: part)
  }

  /// A function, procedure or aggregate by its name and the types of its input arguments.
  func routine(_ object: PgQuery__ObjectWithArgs, _ type: PgQuery__ObjectType) -> ObjectIdentity {
    let parts = names(object.n_objname, object.objname)
    var schema = parts.count > 1 ? parts[parts.count - 2] : creationSchema
    let name = parts.last ?? ""
    if parts.count == 1,
      let found = searchPath.schemas.first(where: {
        known.routines[QualifiedName($0, name)]?.isEmpty == false
      })
    {
      schema = found
    }
    let overloads = known.routines[QualifiedName(schema, name)] ?? []
    var kind = ObjectKind.function
    if type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE { kind = .procedure }
    if type == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE { kind = .aggregate }
    if object.args_unspecified != 0 {
      if overloads.count == 1 { return overloads[0].identity }
      return ObjectIdentity(kind, schema: schema, name: name)
    }
    let arguments = list(object.n_objargs, object.objargs)
      .filter { $0.kind == PG_QUERY__NODE__NODE_TYPE_NAME }
      .map { self.type($0.pointee.type_name.pointee).signature }
    let signature = arguments.joined(separator: ", ")
    if type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE,
      let known = overloads.first(where: { $0.identity.signature == signature })
    {
      return known.identity
    }
    return ObjectIdentity(kind, schema: schema, name: name, signature: signature)
  }

  private static let plainKinds: [UInt32: ObjectKind] = [
    PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD.rawValue: .accessMethod,
    PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION.rawValue: .collation,
    PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION.rawValue: .conversion,
    PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE.rawValue: .database,
    PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER.rawValue: .eventTrigger,
    PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION.rawValue: .extension,
    PG_QUERY__OBJECT_TYPE__OBJECT_FDW.rawValue: .foreignDataWrapper,
    PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER.rawValue: .foreignServer,
    PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE.rawValue: .language,
    PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION.rawValue: .publication,
    PG_QUERY__OBJECT_TYPE__OBJECT_ROLE.rawValue: .role,
    PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA.rawValue: .schema,
    PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION.rawValue: .subscription,
    PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT.rawValue: .statistics,
    PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE.rawValue: .tablespace,
    PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION.rawValue: .textSearchConfiguration,
    PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY.rawValue: .textSearchDictionary,
    PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER.rawValue: .textSearchParser,
    PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE.rawValue: .textSearchTemplate,
  ]
}

extension ObjectKind {
  /// Whether objects of this kind are in no schema.
  var isOutsideSchemas: Bool {
    switch self {
    case .database, .role, .schema, .extension, .eventTrigger, .cast, .language, .transform, .accessMethod,
      .publication, .publicationMember, .subscription, .foreignDataWrapper, .foreignServer, .userMapping,
      .tablespace, .setting:
      true
    default: false
    }
  }
}
