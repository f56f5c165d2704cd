import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE AGGREGATE`, `OPERATOR`, `TYPE (…)`, `COLLATION` and the text search objects.
  mutating func readDefine(_ statement: PgQuery__DefineStmt) {
    let parts = names(statement.n_defnames, statement.defnames)
    let name = newName(parts)
    let condition: EffectCondition =
      statement.replace != 0 ? .orReplace : statement.if_not_exists != 0 ? .ifNotExists : .always
    let settings = options(statement.n_definition, statement.definition)
    let texts = settings.map { "\($0.name) = \(optionValue($0))" }.sorted()
    let definition = texts.joined(separator: ", ")
    switch statement.kind {
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      defineAggregate(statement, name, condition, definition, settings)
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
      let left = settings.first { $0.name == "leftarg" }.map(optionValue)
      let right = settings.first { $0.name == "rightarg" }.map(optionValue)
      useFunctions(settings, ["procedure", "function", "restrict", "join"])
      create(
        ObjectIdentity(
          .operator, schema: name.schema, name: name.name,
          signature: [left ?? "NONE", right ?? "NONE"].joined(separator: ", ")),
        when: condition, definition: definition)
      makeShells(settings, left: left ?? "NONE", right: right ?? "NONE", in: name.schema)
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      useFunctions(
        settings, ["input", "output", "receive", "send", "typmod_in", "typmod_out", "analyze", "subscript"])
      create(
        ObjectIdentity(.type, schema: name.schema, name: name.name), when: condition, definition: definition)
      known.types[name] = .type
    default:
      let kind: ObjectKind
      switch statement.kind {
      case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION: kind = .collation
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION: kind = .textSearchConfiguration
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY: kind = .textSearchDictionary
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER: kind = .textSearchParser
      default: kind = .textSearchTemplate
      }
      create(
        ObjectIdentity(kind, schema: name.schema, name: name.name), when: condition, definition: definition)
    }
  }

  /// The commutator and the negator of an operator are made with it where they are not there yet.
  private mutating func makeShells(
    _ settings: [PgQuery__DefElem], left: String, right: String, in schema: String
  ) {
    for (option, signature) in [("commutator", [right, left]), ("negator", [left, right])] {
      guard let parts = settings.first(where: { $0.name == option })?.arg?.nameParts, let last = parts.last
      else {
        continue
      }
      create(
        ObjectIdentity(
          .operator, schema: parts.count > 1 ? parts[parts.count - 2] : schema, name: last,
          signature: signature.joined(separator: ", ")), when: .ifNotExists)
    }
  }

  private func optionValue(_ option: PgQuery__DefElem) -> String {
    guard let value = option.arg else { return "true" }
    let types: Set<String> = ["leftarg", "rightarg", "stype", "mstype", "basetype", "like", "element"]
    if value.kind == PG_QUERY__NODE__NODE_TYPE_NAME, types.contains(option.name) {
      return type(value.pointee.type_name.pointee).signature
    }
    if !value.nameParts.isEmpty { return value.nameParts.joined(separator: ".") }
    return Deparser.number(value)
  }

  private mutating func useFunctions(_ settings: [PgQuery__DefElem], _ options: Set<String>) {
    for option in settings where options.contains(option.name) {
      guard let value = option.arg, let function = calledFunction(value.nameParts, argumentCount: nil) else {
        continue
      }
      use(function)
    }
  }

  private mutating func defineAggregate(
    _ statement: PgQuery__DefineStmt, _ name: QualifiedName, _ condition: EffectCondition,
    _ definition: String,
    _ settings: [PgQuery__DefElem]
  ) {
    var inputs: [String] = []
    // The arguments are a list of two: the parameters, and how many of them are direct.
    for node in list(statement.n_args, statement.args).first?.elements ?? []
    where node.kind == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER {
      guard let typeName = node.pointee.function_parameter.pointee.arg_type?.pointee else { continue }
      inputs.append(typeInUse(typeName).signature)
    }
    if statement.oldstyle != 0, let base = settings.first(where: { $0.name == "basetype" }) {
      inputs = [optionValue(base)]
    }
    useFunctions(
      settings, ["sfunc", "finalfunc", "combinefunc", "serialfunc", "deserialfunc", "msfunc", "minvfunc"])
    let aggregate = ObjectIdentity(
      .aggregate, schema: name.schema, name: name.name, signature: inputs.joined(separator: ", "))
    create(aggregate, when: condition, definition: definition)
    known.routines[name, default: []].append(
      KnownSchema.Routine(identity: aggregate, acceptedCounts: inputs.count...inputs.count, isVolatile: false)
    )
  }

  /// `CREATE CAST`.
  mutating func readCreateCast(_ statement: PgQuery__CreateCastStmt) {
    guard let source = statement.sourcetype?.pointee, let target = statement.targettype?.pointee else {
      return
    }
    let from = typeInUse(source).signature
    let to = typeInUse(target).signature
    var method = statement.inout != 0 ? "WITH INOUT" : "WITHOUT FUNCTION"
    var needs: [ObjectIdentity] = []
    if let function = statement.func?.pointee {
      let called = routine(function, PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION)
      needs.append(called)
      method = "WITH FUNCTION \(called.qualifiedName)"
    }
    switch statement.context {
    case PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT: method += " AS IMPLICIT"
    case PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT: method += " AS ASSIGNMENT"
    default: break
    }
    create(ObjectIdentity(.cast, name: "\(from) AS \(to)"), definition: method, dependingOn: needs)
  }

  /// `CREATE TRANSFORM`.
  mutating func readCreateTransform(_ statement: PgQuery__CreateTransformStmt) {
    guard let typeName = statement.type_name?.pointee else { return }
    let name = "\(typeInUse(typeName).signature) FOR \(string(statement.lang))"
    for function in [statement.fromsql, statement.tosql] {
      if let function { use(routine(function.pointee, PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION)) }
    }
    create(ObjectIdentity(.transform, name: name), when: statement.replace != 0 ? .orReplace : .always)
  }

  /// `CREATE OPERATOR CLASS`.
  mutating func readCreateOperatorClass(_ statement: PgQuery__CreateOpClassStmt, node: Node) {
    let method = string(statement.amname)
    if let typeName = statement.datatype?.pointee { _ = typeInUse(typeName) }
    let parts = names(statement.n_opclassname, statement.opclassname)
    let family = names(statement.n_opfamilyname, statement.opfamilyname)
    create(
      accessMethodObject(.operatorClass, parts, method: method), definition: Deparser.statement(node))
    // Without FAMILY the class gets a family of its own name.
    if family.isEmpty { create(accessMethodObject(.operatorFamily, parts, method: method)) }
  }
}
