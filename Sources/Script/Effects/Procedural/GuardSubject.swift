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
    guard let found = telling(question, object.schema), !found.isEmpty else { return true }
    let names = Set(([object] + hosts(of: object, detail)).flatMap(spellings))
    return alone
      ? found.allSatisfy { isNamed($0, names) } : found.contains { isNamed($0, names) }
  }

  /// What an object is on, if a question is about that and nothing else.
  static func host(
    of object: ObjectIdentity, _ detail: ObjectDetail, in question: GuardQuestion
  ) -> ObjectIdentity? {
    guard let found = telling(question, object.schema), !found.isEmpty else { return nil }
    return hosts(of: object, detail).first { host in
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
  private static func spellings(_ object: ObjectIdentity) -> [String] {
    ([object.name, object.parent].compactMap { $0 } + object.name.split(separator: ".").map(String.init))
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
  private static func telling(_ question: GuardQuestion, _ schema: String?) -> [String]? {
    guard let names = question.names, !names.contains(where: { $0.contains("%") }) else { return nil }
    return names.filter { !words.contains($0.lowercased()) && $0 != schema }
  }

  /// What questions to the catalog say beside the names of objects.
  private static let words: Set<String> = [
    "public", "base table", "view", "table", "foreign key", "primary key", "unique", "check", "yes", "no",
    "r", "v",
    "m", "p", "f", "c", "u", "e", "d", "s", "i", "x", "t", "y", "n",
  ]
}
