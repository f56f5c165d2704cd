import Schema
import TOML

/// Reads one `[[expect]]`: the things that it claims, each with its place.
struct ExpectationReader {
  let table: TOMLTable
  var claims: [(claim: Expectation.Claim, position: TOMLPosition)] = []

  private init(_ table: TOMLTable) { self.table = table }

  /// What is claimed of the table that is named beside it.
  private static let tableKeys = [
    "columns", "rls", "force_rls", "indexes", "policies", "triggers", "constraints", "publications",
  ]
  /// What is claimed of any object that is named beside it.
  private static let objectKeys = ["grants", "denied"]
  private static let otherKeys = [
    "migration", "absent", "command", "roles", "enabled", "value", "count", "query", "answer", "call",
    "result",
    "access",
  ]

  /// Reads the table; `owner` is the migration whose own file it stands in, which it must not name again.
  static func read(
    _ table: TOMLTable, of owner: MigrationID? = nil, problems: inout ProjectFileProblems
  ) -> ExpectationDeclaration {
    let known = ObjectName.kinds.map(\.key) + tableKeys + objectKeys + otherKeys
    problems.refuseUnknownKeys(
      in: table, of: "an expectation", known: owner == nil ? known : known.filter { $0 != "migration" })
    let problemsBefore = problems.problems.count
    var reader = ExpectationReader(table)
    reader.readObjects(&problems)
    reader.readCounts(&problems)
    reader.readQuery(&problems)
    reader.readCall(&problems)
    reader.claims += AccessTableReader.read(in: table, problems: &problems)
    let migration =
      owner == nil ? problems.reading { () throws(TOMLError) in try table.text("migration") } : nil
    if reader.claims.isEmpty, problems.problems.count == problemsBefore {
      problems.add(
        "empty-expectation", "this expectation claims nothing", at: table.position,
        advice: "name what should hold: table = \"…\", count = { … }, or query and answer")
    }
    return ExpectationDeclaration(migration: migration, claims: reader.claims)
  }

  private mutating func readObjects(_ problems: inout ProjectFileProblems) {
    let isAbsent = readAbsent(&problems)
    var relations: [ObjectIdentity] = []
    var objects: [ObjectIdentity] = []
    for (key, kind) in ObjectName.kinds {
      for name in oneOrMore(key, &problems) {
        guard let object = object(kind, name, &problems) else { continue }
        let claim = isAbsent ? .absent(object) : presence(of: object, &problems)
        claims.append((claim, name.position))
        objects.append(object)
        if kind.isRelation { relations.append(object) }
      }
    }
    refuseStray(["command", "roles"], without: .policy, among: objects, &problems)
    refuseStray(["enabled"], without: .trigger, among: objects, &problems)
    refuseStray(["value"], without: .setting, among: objects, &problems)
    let keys = Self.tableKeys.compactMap { table.entry($0)?.key }
    if relations.isEmpty, let first = keys.first {
      problems.add(
        "missing-key", "`\(first.name)` needs a `table` that it belongs to", at: first.position)
      return
    }
    let privileges = Self.objectKeys.compactMap { table.entry($0)?.key }
    let holders = objects.filter(Self.hasPrivileges)
    if holders.isEmpty, let first = privileges.first {
      problems.add(
        "missing-key", "`\(first.name)` needs the object that it is about", at: first.position,
        advice: "name a table, a column, a function with its argument types, … beside it")
      return
    }
    if isAbsent, let first = (keys + privileges).first {
      problems.add(
        "contradiction", "what must be absent cannot have `\(first.name)`", at: first.position)
      return
    }
    for relation in relations { readTable(relation, &problems) }
    for object in holders { readPrivileges(on: object, &problems) }
  }

  /// The claim that an object is there, with what is said of it beside its name.
  private func presence(of object: ObjectIdentity, _ problems: inout ProjectFileProblems) -> Expectation.Claim
  {
    switch object.kind {
    case .policy where table["command"] != nil || table["roles"] != nil:
      return policy(object, as: table, &problems)
    case .trigger:
      let isEnabled = problems.reading { () throws(TOMLError) in try table.boolean("enabled") }
      return isEnabled.map { .trigger(object, isEnabled: $0) } ?? .exists(object)
    case .setting where table["value"] != nil:
      return .setting(object, value: answer("value", &problems) ?? "")
    default:
      return .exists(object)
    }
  }

  private func refuseStray(
    _ keys: [String], without kind: ObjectKind, among objects: [ObjectIdentity],
    _ problems: inout ProjectFileProblems
  ) {
    guard !objects.contains(where: { $0.kind == kind }) else { return }
    for key in keys.compactMap({ table.entry($0)?.key }) {
      problems.add(
        "missing-key", "`\(key.name)` needs a `\(kind.rawValue)` that it is about", at: key.position)
    }
  }

  /// `absent = true` for the objects named beside it, or the objects themselves with their kind.
  private mutating func readAbsent(_ problems: inout ProjectFileProblems) -> Bool {
    guard let value = table["absent"] else { return false }
    if case .boolean(let flag) = value.kind { return flag }
    for text in oneOrMore("absent", &problems) {
      guard let object = ObjectName.object(text.text) else {
        problems.add(
          "invalid-object", "`\(text.text)` names no object", at: text.position,
          advice: "write kind and name: absent = \"table public.old_name\"")
        continue
      }
      claims.append((.absent(object), text.position))
    }
    return false
  }

  private mutating func readQuery(_ problems: inout ProjectFileProblems) {
    guard table["query"] != nil || table["answer"] != nil else { return }
    let query = problems.required("query", in: table, of: "the expectation")
    guard let value = table["query"] else { return }
    guard table["answer"] != nil else {
      problems.add("missing-key", "the expectation has no `answer`", at: table.position)
      return
    }
    if let query, let answer = answer("answer", &problems) {
      claims.append((.query(query, answer: answer), value.position))
    }
  }

  private mutating func readCall(_ problems: inout ProjectFileProblems) {
    guard table["call"] != nil || table["result"] != nil else { return }
    guard let call = problems.required("call", in: table, of: "the expectation"), let value = table["call"]
    else { return }
    claims.append((.call(call, result: answer("result", &problems)), value.position))
  }

  /// An answer as PostgreSQL writes it: a text, a whole number, or `true` and `false` (`t` and `f`).
  private func answer(_ key: String, _ problems: inout ProjectFileProblems) -> String? {
    switch table[key]?.kind {
    case .integer(let number): return String(number)
    case .boolean(let flag): return flag ? "t" : "f"
    default: return problems.reading { () throws(TOMLError) in try table.string(key) }
    }
  }

  /// A string, or the strings of an array.
  func oneOrMore(_ key: String, _ problems: inout ProjectFileProblems) -> [TOMLText] {
    Self.oneOrMore(key, in: table, &problems)
  }

  /// A string, or the strings of an array, under a key of any table.
  static func oneOrMore(
    _ key: String, in table: TOMLTable, _ problems: inout ProjectFileProblems
  ) -> [TOMLText] {
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
      "invalid-object", "`\(name.text)` is no name of \(Self.article(kind.rawValue)) \(kind.rawValue)",
      at: name.position,
      advice: Self.example(of: kind))
    return nil
  }

  private static func article(_ noun: String) -> String {
    noun.first.map("aeiou".contains) ?? false ? "an" : "a"
  }

  private static func example(of kind: ObjectKind) -> String {
    switch kind {
    case .trigger, .policy, .constraint, .rule: "write \"name on schema.table\""
    case .column: "write \"table.column\""
    case .function, .procedure, .aggregate, .operator: "write \"schema.name(argument types)\""
    case .enumValue: "write \"label of schema.type\""
    case .publicationMember: "write \"schema.table in publication\""
    case .operatorClass, .operatorFamily: "write \"schema.name using method\""
    case .cast: "write \"type as type\""
    case .userMapping: "write \"role on server\""
    case .transform: "write \"type for language\""
    case .defaultPrivilege: "write \"SELECT on tables to ROLE in schema SCHEMA by OWNER\""
    case .setting: "write \"name of role ROLE\" or \"name of database NAME\""
    case .comment: "write kind and name: \"table public.telemetry\""
    default: "write \"name\" or \"schema.name\""
    }
  }
}
