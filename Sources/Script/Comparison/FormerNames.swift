import CPgQuery
import Schema

/// The names that objects had when a text was written, and those that they have now.
///
/// Expressions stand in files under the names of their time; the catalog writes them under those of today. Which object a
/// name means is decided by the scopes of SQL, so that a column of one table does not get the new name of another table's.
public struct FormerNames: Sendable {
  /// Where a text stands.
  public enum Scope: Sendable {
    /// It is an expression over the columns of a relation (under its present name), which may go by other names too, or
    /// over none.
    case expression(over: ObjectIdentity?, aliases: [String] = [])
    /// It is a query.
    case query
  }

  /// What was there, under its names of then.
  let reader: EffectReader
  private let present: [ObjectIdentity: ObjectIdentity]
  private let former: [ObjectIdentity: ObjectIdentity]
  private let columns: [ObjectIdentity: [String: String]]

  /// Takes in what was there under its names of then (relations, columns, sequences, routines, types), the identities that
  /// objects have now instead, and by table (of then) the names that columns have now instead.
  public init(
    objects: some Sequence<ObjectIdentity>, present: [ObjectIdentity: ObjectIdentity],
    columns: [ObjectIdentity: [String: String]]
  ) {
    self.present = Dictionary(
      present.map { (Self.key($0), $1) }, uniquingKeysWith: { first, _ in first })
    former = Dictionary(present.map { (Self.key($1), $0) }, uniquingKeysWith: { first, _ in first })
    self.columns = Dictionary(
      columns.map { (Self.key($0), $1) }, uniquingKeysWith: { first, _ in first })
    var reader = EffectReader()
    for object in objects { reader.known.learn(object) }
    self.reader = reader
  }

  /// The identity that something which is there now had then.
  public func former(_ object: ObjectIdentity) -> ObjectIdentity { former[Self.key(object)] ?? object }

  /// The identity that something has now; nil if it is the same as then, or if that cannot be told.
  public func renamed(_ object: ObjectIdentity) -> ObjectIdentity? {
    // A type that is none of its own is that of a relation's rows.
    present[Self.key(object)] ?? (object.kind == .type ? present[object.with(kind: .table)] : nil)
  }

  /// Whether some routine of this name has another one now.
  func isRoutineInDoubt(_ name: ObjectIdentity) -> Bool {
    name.signature == nil
      && present.keys.contains {
        $0.kind == .function && $0.schema == name.schema && $0.name == name.name
      }
  }

  /// The names that columns of a relation (under its name of then) have now instead.
  func renamedColumns(of relation: ObjectIdentity) -> [String: String] { columns[Self.key(relation)] ?? [:] }

  /// The text with every object under its present name, and whether it is certain what all names in it mean; nil where it
  /// cannot be read, or not be written.
  ///
  /// - Parameter searchPath: the schemas in which unqualified names were looked up; nil for those of the session.
  public func replaced(
    in text: String, _ scope: Scope, searchPath: [String]?
  ) -> (text: String, isCertain: Bool)? {
    var reader = reader
    if let searchPath { reader.searchPath = SearchPath(setting: searchPath.map(Identifier.alwaysQuoted)) }
    let prefix: String
    switch scope {
    case .expression: prefix = "SELECT "
    case .query: prefix = ""
    }
    let whole = prefix + text
    let changed = DeepParsing.run(depth: ParseDepth.bound(of: whole)) { () -> (String, Bool)? in
      let read = SyntaxTree.withStatements(of: whole) { statements -> (String, Bool)? in
        guard statements.count == 1 else { return nil }
        var walk: ExpressionReferences
        var isExpression = false
        switch scope {
        case .expression(let relation, let aliases):
          isExpression = true
          walk = ExpressionReferences(reader, over: relation.map(former), aliases: aliases)
        case .query: walk = ExpressionReferences(reader)
        }
        walk.mentions = Mentions()
        walk.visit(statements[0])
        guard let mentions = walk.mentions,
          let text = NameEdit(names: self, text: whole).applied(mentions, isExpression: isExpression)
        else { return nil }
        return (text, isCertain(mentions, walk, statements[0]))
      }
      return (try? read.get()) ?? nil
    }
    return (changed ?? nil).map { (String($0.dropFirst(prefix.count)), $1) }
  }

  /// A type under its present name, with its modifiers.
  public func replacedType(_ type: String, searchPath: [String]?) -> String {
    let cast = "CAST(NULL AS \(type))"
    let replaced = self.replaced(in: cast, .expression(over: nil), searchPath: searchPath)?.text ?? cast
    return String(replaced.dropFirst("CAST(NULL AS ".count).dropLast())
  }

  /// Whether no name of which it is not known what it means is that of something that has another one now.
  private func isCertain(_ mentions: Mentions, _ walk: ExpressionReferences, _ statement: Node) -> Bool {
    var unknown = mentions.unknownColumns
    var isNatural = false
    SyntaxReflection.walk(message(statement)) { any in
      guard MessageKind(any) == .node else { return true }
      let node = any.cast(to: PgQuery__Node.self)
      switch node.kind {
      case PG_QUERY__NODE__NODE_JOIN_EXPR:
        let join = node.pointee.join_expr.pointee
        unknown.formUnion(names(join.n_using_clause, join.using_clause))
        // A natural join takes all columns of one name, whichever have it by now.
        isNatural = isNatural || join.is_natural != 0
      case PG_QUERY__NODE__NODE_A_INDIRECTION:
        let indirection = node.pointee.a_indirection.pointee
        unknown.formUnion(names(indirection.n_indirection, indirection.indirection))
      default: break
      }
      return true
    }
    guard isNatural || !unknown.isEmpty else { return true }
    let relations = walk.found.objects + walk.scopes.flatMap { $0.sources.compactMap(\.table) }
    if isNatural { return relations.allSatisfy { renamedColumns(of: $0).isEmpty } }
    return relations.allSatisfy { unknown.isDisjoint(with: renamedColumns(of: $0).keys) }
  }

  /// What the kinds of one namespace have in common.
  private static func key(_ object: ObjectIdentity) -> ObjectIdentity {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index: object.with(kind: .table)
    case .function, .procedure, .aggregate: object.with(kind: .function)
    case .type, .domain: object.with(kind: .type)
    default: object
    }
  }
}

extension KnownSchema {
  /// Takes in that something is there of which no more is known than its identity; a relation before its columns.
  fileprivate mutating func learn(_ object: ObjectIdentity) {
    guard let schema = object.schema else { return }
    let name = QualifiedName(schema, object.name)
    switch object.kind {
    case .table, .foreignTable:
      relations[name, default: Relation(kind: object.kind)].kind = object.kind
      relations[name]?.areColumnsKnown = true
    case .view, .materializedView, .sequence:
      relations[name, default: Relation(kind: object.kind)].kind = object.kind
    case .column:
      guard let relation = object.parent else { return }
      relations[QualifiedName(schema, relation), default: Relation(kind: .table)].columns
        .append(Column(name: object.name, type: ""))
    case .type, .domain: types[name] = object.kind
    case .function, .procedure, .aggregate:
      routines[name, default: []].append(
        Routine(identity: object, acceptedCounts: 0...Int.max, isVolatile: false))
    default: break
    }
  }
}
