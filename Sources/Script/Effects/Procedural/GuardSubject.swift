import Schema

/// What the question of a guard is about.
enum GuardSubject {
  /// Whether the strings of questions, one within another, name an object, or what it is on.
  ///
  /// A question without strings of its own, or whose strings are patterns or cut off, may be about anything. Where one
  /// stands within another, each must be about this object alone: `IF a exists THEN IF b exists THEN DROP b` does not
  /// drop b wherever it exists.
  static func mayBe(_ object: ObjectIdentity, _ detail: ObjectDetail, in questions: [String]) -> Bool {
    let isNested = questions.count > 1
    return questions.allSatisfy { mayBe(object, detail, in: $0, alone: isNested) }
  }

  private static func mayBe(
    _ object: ObjectIdentity, _ detail: ObjectDetail, in question: String, alone: Bool
  ) -> Bool {
    var names =
      [object.name, object.parent].compactMap { $0 } + object.name.split(separator: ".").map(String.init)
    switch detail {
    case .index(let index): names.append(index.table.name)
    case .sequence(let sequence): names += [sequence.ownedBy?.parent].compactMap { $0 }
    default: break
    }
    let found = strings(in: question).filter { !words.contains($0.lowercased()) && $0 != object.schema }
    if found.isEmpty || found.contains(where: { $0.contains("%") }) { return true }
    let folded = Set(names.map { $0.lowercased() })
    func isNamed(_ text: String) -> Bool {
      let plain = text.lowercased().filter { $0 != "\"" }
      let relation = plain.split(separator: "(").first ?? ""
      return folded.contains(plain) || folded.contains(String(relation.split(separator: ".").last ?? ""))
        || folded.contains(String(relation))
    }
    return alone ? found.allSatisfy(isNamed) : found.contains(where: isNamed)
  }

  /// What questions to the catalog say beside the names of objects.
  private static let words: Set<String> = [
    "public", "base table", "view", "table", "foreign key", "primary key", "unique", "check", "yes", "no",
    "r", "v",
    "m", "p", "f", "c", "u", "e", "d", "s", "i", "x", "t", "y", "n",
  ]

  /// The strings in single quotes, without those that hold quotes themselves.
  private static func strings(in text: String) -> [String] {
    let pieces = text.split(separator: "'", omittingEmptySubsequences: false)
    guard pieces.count.isMultiple(of: 2) == false, !text.contains("…") else { return [] }
    return pieces.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }
}
