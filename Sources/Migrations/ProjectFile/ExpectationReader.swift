import Schema
import TOML

/// Reads one `[[expect]]`: the things that it claims, each with its place.
struct ExpectationReader {
  private let table: TOMLTable
  private var claims: [(claim: Expectation.Claim, position: TOMLPosition)] = []

  private init(_ table: TOMLTable) { self.table = table }

  private static let tableKeys = ["columns", "rls", "indexes", "policies", "triggers", "constraints"]
  private static let otherKeys = ["migration", "absent", "count", "query", "answer"]

  static func read(_ table: TOMLTable, problems: inout ProjectFileProblems) -> ExpectationDeclaration {
    problems.refuseUnknownKeys(
      in: table, of: "an expectation", known: ObjectName.kinds.map(\.key) + tableKeys + otherKeys)
    var reader = ExpectationReader(table)
    reader.readObjects(&problems)
    reader.readCounts(&problems)
    reader.readQuery(&problems)
    let migration = problems.reading { () throws(TOMLError) in try table.text("migration") }
    if reader.claims.isEmpty, table.entries.allSatisfy({ $0.key.name == "migration" }) {
      problems.add(
        "empty-expectation", "this expectation claims nothing", at: table.position,
        advice: "name what should hold: table = \"…\", count = { … }, or query and answer")
    }
    return ExpectationDeclaration(migration: migration, claims: reader.claims)
  }

  private mutating func readObjects(_ problems: inout ProjectFileProblems) {
    let isAbsent = readAbsent(&problems)
    var relations: [ObjectIdentity] = []
    for (key, kind) in ObjectName.kinds {
      for name in oneOrMore(key, &problems) {
        guard let object = object(kind, name, &problems) else { continue }
        claims.append((isAbsent ? .absent(object) : .exists(object), name.position))
        if Self.isRelation(kind) { relations.append(object) }
      }
    }
    let keys = Self.tableKeys.compactMap { table.entry($0)?.key }
    if relations.isEmpty, let first = keys.first {
      problems.add(
        "missing-key", "`\(first.name)` needs a `table` that it belongs to", at: first.position)
      return
    }
    if isAbsent, let first = keys.first {
      problems.add(
        "contradiction", "a table that must be absent cannot have `\(first.name)`", at: first.position)
      return
    }
    for relation in relations { readTable(relation, &problems) }
  }

  /// `absent = true` for the objects named beside it, or the objects themselves with their kind.
  private mutating func readAbsent(_ problems: inout ProjectFileProblems) -> Bool {
    guard let value = table["absent"] else { return false }
    if case .boolean(let flag) = value.kind { return flag }
    for text in oneOrMore("absent", &problems) {
      let words = text.text.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2, let kind = ObjectName.kind(words[0]),
        let object = ObjectName.identity(kind, words[1])
      else {
        problems.add(
          "invalid-object", "`\(text.text)` names no object", at: text.position,
          advice: "write kind and name: absent = \"table public.old_name\"")
        continue
      }
      claims.append((.absent(object), text.position))
    }
    return false
  }

  private mutating func readTable(_ relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    let schema = relation.schema ?? "public"
    readColumns(of: relation, &problems)
    if let isEnabled = problems.reading({ () throws(TOMLError) in try table.boolean("rls") }),
      let value = table["rls"]
    {
      claims.append((.rowSecurity(table: relation, isEnabled: isEnabled), value.position))
    }
    for text in oneOrMore("indexes", &problems) {
      guard let name = ObjectName.qualified(text.text) else { continue }
      let isQualified = text.text.contains(".")
      claims.append((.exists(.index(isQualified ? name.schema : schema, name.name)), text.position))
    }
    let members: [(String, ObjectKind)] = [
      ("policies", .policy), ("triggers", .trigger), ("constraints", .constraint),
    ]
    for (key, kind) in members {
      for text in oneOrMore(key, &problems) {
        let member = ObjectIdentity(kind, schema: schema, parent: relation.name, name: text.text)
        claims.append((.exists(member), text.position))
      }
    }
  }

  private mutating func readColumns(of relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    guard let value = table["columns"] else { return }
    if case .array = value.kind {
      for name in oneOrMore("columns", &problems) { addColumn(name.text, of: relation, at: name.position) }
      return
    }
    guard let columns = problems.reading({ () throws(TOMLError) in try table.table("columns") }) else {
      return
    }
    for entry in columns.entries {
      switch entry.value.kind {
      case .string(let type):
        addColumn(entry.key.name, of: relation, type: type, at: entry.key.position)
      case .table(let parts):
        problems.refuseUnknownKeys(in: parts, of: "a column", known: ["type", "nullable"])
        addColumn(
          entry.key.name, of: relation,
          type: problems.reading { () throws(TOMLError) in try parts.string("type") },
          isNullable: problems.reading { () throws(TOMLError) in try parts.boolean("nullable") },
          at: entry.key.position)
      default:
        problems.add(
          "wrong-type",
          "the column `\(entry.key.name)` must be a type or a table, but is \(entry.value.kindDescription)",
          at: entry.value.position, advice: "write \(entry.key.name) = \"uuid\"")
      }
    }
  }

  private mutating func addColumn(
    _ name: String, of relation: ObjectIdentity, type: String? = nil, isNullable: Bool? = nil,
    at position: TOMLPosition
  ) {
    let column = ObjectIdentity.column(relation.schema ?? "public", relation.name, name)
    claims.append((.column(column, type: type, isNullable: isNullable), position))
  }

  private mutating func readCounts(_ problems: inout ProjectFileProblems) {
    guard let value = table["count"] else { return }
    let counts: [TOMLTable]
    if case .table(let single) = value.kind {
      counts = [single]
    } else {
      counts = problems.reading { () throws(TOMLError) in try table.tables("count") } ?? []
    }
    for count in counts {
      problems.refuseUnknownKeys(in: count, of: "a count", known: ["kind", "schema", "expected"])
      let word = problems.required("kind", in: count, of: "the count")
      let schema = problems.reading { () throws(TOMLError) in try count.string("schema") }
      let expected = problems.reading { () throws(TOMLError) in try count.integer("expected") }
      if count["expected"] == nil {
        problems.add("missing-key", "the count has no `expected`", at: count.position)
      }
      guard let word, let expected else { continue }
      guard let kind = ObjectName.kind(word) else {
        let nearest = NearestName.nearest(to: word, among: ObjectName.kinds.map(\.key))
        problems.add(
          "unknown-kind", "there is no kind of object `\(word)`",
          at: count["kind"]?.position ?? count.position,
          advice: nearest.map { "did you mean `\($0)`?" })
        continue
      }
      claims.append((.count(kind, schema: schema ?? "public", expected: expected), count.position))
    }
  }

  private mutating func readQuery(_ problems: inout ProjectFileProblems) {
    guard table["query"] != nil || table["answer"] != nil else { return }
    let query = problems.required("query", in: table, of: "the expectation")
    let answer = problems.required("answer", in: table, of: "the expectation")
    if let query, let answer, let value = table["query"] {
      claims.append((.query(query, answer: answer), value.position))
    }
  }

  /// A string, or the strings of an array.
  private func oneOrMore(_ key: String, _ problems: inout ProjectFileProblems) -> [TOMLText] {
    guard let value = table[key] else { return [] }
    if case .array = value.kind {
      return problems.reading { () throws(TOMLError) in try table.strings(key) } ?? []
    }
    let text = problems.reading { () throws(TOMLError) in try table.text(key) }
    return text.map { [$0] } ?? []
  }

  private func object(
    _ kind: ObjectKind, _ name: TOMLText, _ problems: inout ProjectFileProblems
  ) -> ObjectIdentity? {
    if let object = ObjectName.identity(kind, name.text) { return object }
    problems.add(
      "invalid-object", "`\(name.text)` is no name of a \(kind.rawValue)", at: name.position,
      advice: Self.example(of: kind))
    return nil
  }

  private static func example(of kind: ObjectKind) -> String {
    switch kind {
    case .trigger, .policy, .constraint, .rule: "write \"name on schema.table\""
    case .column: "write \"table.column\""
    case .function, .procedure, .aggregate: "write \"schema.name(argument types)\""
    default: "write \"name\" or \"schema.name\""
    }
  }

  private static func isRelation(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .table, .view, .materializedView, .foreignTable: true
    default: false
    }
  }
}
