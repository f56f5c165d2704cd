import Schema

/// What the question of a guard is about.
enum GuardSubject {
  /// Whether a question may be about an object, or about what it is on.
  ///
  /// A question without texts of its own, or whose texts are patterns or unknown, may be about anything. Where one stands
  /// within another (`alone`), each must be about this object and no other: `IF a exists THEN IF b exists THEN DROP b`
  /// does not drop b wherever it exists.
  static func mayBe(
    _ object: ObjectIdentity, _ detail: ObjectDetail, in question: GuardQuestion, alone: Bool
  ) -> Bool {
    let hosts = hosts(of: object, detail)
    // What else has a table may be on a view as well.
    let relations = object.isRelation ? [object] : [.column, .constraint].contains(object.kind) ? hosts : []
    if relations.contains(where: { isOfOtherKind($0, question) }) { return false }
    if isSecondKey(object, detail) { return false }
    if question.looksForParts, asksForAny(of: hosts, question, object.schema) { return false }
    let names = Set(([object] + hosts).flatMap(spellings))
    guard let found = telling(question, object.schema, names), !found.isEmpty else { return true }
    // What gets a number behind its name, because the name is taken, is not what was asked for by that name.
    let plain = String(object.name.lowercased().reversed().drop { $0.isNumber }.reversed())
    if plain != object.name.lowercased(), found.contains(where: { isNamed($0, [plain]) }) { return false }
    return alone
      ? found.allSatisfy { isNamed($0, names) } : found.contains { isNamed($0, names) }
  }

  /// Whether a question names nothing but what an object is on: "has the table a primary key?", however that is called.
  private static func asksForAny(
    of hosts: [ObjectIdentity], _ question: GuardQuestion, _ schema: String?
  ) -> Bool {
    var named = question
    named.names?.removeAll { $0.contains("%") }
    let names = Set(hosts.flatMap(spellings))
    guard let found = telling(named, schema, names), !found.isEmpty else { return false }
    return found.allSatisfy { isNamed($0, names) }
  }

  /// Whether a question says of the relation that it is of another kind.
  private static func isOfOtherKind(_ object: ObjectIdentity, _ question: GuardQuestion) -> Bool {
    let asked = Set((question.names ?? []).map { $0.lowercased() })
    let tables: Set<String> = ["base table", "r", "p"]
    let views: Set<String> = ["view", "v", "m"]
    switch object.kind {
    case .table: return tables.isDisjoint(with: asked) && !views.isDisjoint(with: asked)
    case .view, .materializedView: return views.isDisjoint(with: asked) && !tables.isDisjoint(with: asked)
    default: return false
    }
  }

  /// Whether it is a primary key whose name has a number, because the table has one already.
  private static func isSecondKey(_ object: ObjectIdentity, _ detail: ObjectDetail) -> Bool {
    let isPrimaryKey =
      switch detail {
      case .constraint(let constraint): constraint.kind == .primaryKey
      case .index(let index): index.isPrimary
      default: false
      }
    return isPrimaryKey && object.name.last?.isNumber == true && object.name.contains("_pkey")
  }

  /// What an object is on, if a question is about that and nothing else.
  static func host(
    of object: ObjectIdentity, _ detail: ObjectDetail, in question: GuardQuestion
  ) -> ObjectIdentity? {
    let hosts = hosts(of: object, detail)
    let names = Set(hosts.flatMap(spellings))
    guard let found = telling(question, object.schema, names), !found.isEmpty, !question.looksForParts else {
      return nil
    }
    return hosts.first { host in
      let names = Set(spellings(host))
      return found.allSatisfy { isNamed($0, names) }
    }
  }

  /// What an object cannot be without: the table of a column, the publication of a member, what a grant is on.
  private static func hosts(of object: ObjectIdentity, _ detail: ObjectDetail) -> [ObjectIdentity] {
    guard let schema = object.schema else { return [] }
    switch object.kind {
    case .publicationMember:
      return [.table(schema, object.name)]
        + (object.parent.map { [ObjectIdentity(.publication, name: $0)] } ?? [])
    case .enumValue:
      return object.parent.map { [ObjectIdentity(.type, schema: schema, name: $0)] } ?? []
    case .grant where object.parent == ObjectKind.table.rawValue,
      .grant where object.parent == ObjectKind.column.rawValue:
      return [.table(schema, String(object.name.prefix { $0 != "." }))]
    case .comment where object.signature == ObjectKind.table.rawValue:
      return [.table(schema, object.name)]
    case .comment:
      return object.parent.map { [.table(schema, $0)] } ?? []
    default: break
    }
    switch detail {
    case .index(let index): return [index.table]
    case .sequence(let sequence): return [sequence.ownedBy?.table].compactMap { $0 }
    default: return [object.table].compactMap { $0 }
    }
  }

  /// The names by which a question may call an object, in lower case.
  ///
  /// Whether the role is there whose default privileges they are says nothing of them: all databases of the server share it.
  private static func spellings(_ object: ObjectIdentity) -> [String] {
    let parent = object.kind == .defaultPrivilege ? nil : object.parent
    return ([object.name, parent].compactMap { $0 } + object.name.split(separator: ".").map(String.init))
      .map { $0.lowercased() }
  }

  /// Whether a text is one of the names, alone, with its schema or with its arguments.
  private static func isNamed(_ text: String, _ names: Set<String>) -> Bool {
    let plain = text.lowercased().filter { $0 != "\"" }
    let relation = plain.split(separator: "(").first ?? ""
    return names.contains(plain) || names.contains(String(relation.split(separator: ".").last ?? ""))
      || names.contains(String(relation))
  }

  /// The texts of a question that say what it is about; nil if they are not known.
  private static func telling(
    _ question: GuardQuestion, _ schema: String?, _ names: Set<String>
  ) -> [String]? {
    guard let texts = question.names, !texts.contains(where: { $0.contains("%") }) else { return nil }
    return texts.filter { text in
      let word = text.lowercased()
      return text != schema && (!words.contains(word) || names.contains(word))
    }
  }

  /// What questions to the catalog say beside the names of objects.
  private static let words: Set<String> = [
    "public", "base table", "view", "table", "foreign key", "primary key", "unique", "check", "yes", "no",
    "r", "v",
    "m", "p", "f", "c", "u", "e", "d", "s", "i", "x", "t", "y", "n",
  ]
}
