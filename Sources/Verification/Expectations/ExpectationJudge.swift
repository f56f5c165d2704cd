import Migrations
import Schema

/// Judges single claims over a snapshot.
struct ExpectationJudge: Sendable {
  /// What a claim comes to.
  struct Judgement: Sendable, Hashable {
    /// The finding's code if the claim does not hold; nil if it holds.
    var code: String?
    /// The object that it concerns, if it concerns one.
    var object: ObjectIdentity?
    /// What was found, in one sentence.
    var message: String
  }

  let snapshot: Snapshot
  /// Who can do what, prepared once where claims ask for it.
  let matrix: AccessMatrix?

  /// Judges claims over a snapshot.
  init(snapshot: Snapshot, matrix: AccessMatrix? = nil) {
    self.snapshot = snapshot
    self.matrix = matrix
  }

  /// Judges a claim; queries are put to `ask`.
  func judge(
    _ claim: Expectation.Claim, ask: (String) async throws -> QueryAnswer
  ) async throws -> Judgement {
    switch claim {
    case .exists(let object) where UnlistedObject.isUnlisted(object.kind):
      return judgeUnlisted(object, isExpected: true, try await ask(UnlistedObject.question(about: object)))
    case .absent(let object) where UnlistedObject.isUnlisted(object.kind):
      return judgeUnlisted(object, isExpected: false, try await ask(UnlistedObject.question(about: object)))
    case .setting(let setting, let value):
      return judgeSetting(setting, value: value, try await ask(UnlistedObject.question(about: setting)))
    case .exists(let object):
      let judgement = judgePresence(object)
      guard judgement.code == FindingCode.expectationMissing, try await isBrought(object, ask) else {
        return judgement
      }
      return Judgement(object: object, message: "\(object) is there, from an extension or the server")
    case .absent(let object):
      if find(object) == nil, try await !isBrought(object, ask) {
        return Judgement(object: object, message: "\(object) is not there, as expected")
      }
      return Judgement(
        code: FindingCode.expectationAbsent, object: object, message: "\(object) is still there")
    case .column(let column, let type, let isNullable):
      return judgeColumn(column, type: type, isNullable: isNullable)
    case .rowSecurity(let table, let isEnabled):
      return judgeRowSecurity(table, isEnabled: isEnabled)
    case .forcedRowSecurity(let table, let isForced):
      return judgeForcedRowSecurity(table, isForced: isForced)
    case .policy(let policy, let command, let roles):
      return judgePolicy(policy, command: command, roles: roles)
    case .trigger(let trigger, let isEnabled):
      return judgeTrigger(trigger, isEnabled: isEnabled)
    case .privilege(let privilege, let role, let object, let isHeld):
      return try await judgePrivilege(privilege, role: role, on: object, isHeld: isHeld, ask: ask)
    case .access(let expectation):
      return judgeAccess(expectation)
    case .count(let count):
      return judgeCount(count)
    case .query(let query, let answer):
      return judgeAnswer(try await ask(query), to: query, expected: answer)
    case .call(let call, let result):
      return judgeCall(try await ask("SELECT (\(call))::text"), call, expected: result)
    }
  }

  /// Whether something that the snapshot does not list is there nevertheless.
  private func isBrought(
    _ object: ObjectIdentity, _ ask: (String) async throws -> QueryAnswer
  ) async throws -> Bool {
    guard let question = BroughtObject.question(about: object), case .text(.some) = try await ask(question)
    else {
      return false
    }
    return true
  }

  /// The object, where a claim names it less exactly than the catalog: a function without argument types is any of
  /// that name.
  func find(_ object: ObjectIdentity) -> SchemaObject? {
    if let exact = snapshot[object] { return exact }
    switch object.kind {
    case .function, .procedure, .aggregate:
      return snapshot.objects(of: object.kind).first {
        $0.identity.schema == object.schema && $0.identity.name == object.name
          && argumentsAgree(object.signature, $0.identity.signature)
      }
    case .defaultPrivilege where object.parent == nil:
      return snapshot.objects(of: .defaultPrivilege).first {
        var any = $0.identity
        any.parent = nil
        return any == object
      }
    case .cast:
      return snapshot.objects(of: .cast).first { castsAgree(object.name, $0.identity.name) }
    case .publicationMember:
      return publishedWhole(object)
    default:
      return nil
    }
  }

  /// Whether argument types are the same, where a user's type may be written with or without its schema.
  private func argumentsAgree(_ claimed: String?, _ found: String?) -> Bool {
    guard let claimed else { return true }
    let left = claimed.split(separator: ",")
    let right = (found ?? "").split(separator: ",")
    return left.count == right.count
      && zip(left, right).allSatisfy { TypeSpelling.agree(String($0), String($1)) }
  }

  /// Whether two casts (`text AS mood`) are between the same types.
  private func castsAgree(_ claimed: String, _ found: String) -> Bool {
    let left = claimed.split(separator: " AS ")
    let right = found.split(separator: " AS ")
    return left.count == right.count
      && zip(left, right).allSatisfy { TypeSpelling.agree(String($0), String($1)) }
  }

  /// What publishes a table without naming it: its schema, or the publication for all tables.
  private func publishedWhole(_ member: ObjectIdentity) -> SchemaObject? {
    guard let publication = member.parent else { return nil }
    if let schema = member.schema,
      let whole = snapshot[ObjectIdentity(.publicationMember, parent: publication, name: schema)]
    {
      return whole
    }
    let found = snapshot[ObjectIdentity(.publication, name: publication)]
    return found?.definition.hasPrefix("FOR ALL TABLES") == true ? found : nil
  }

  func missing(_ object: ObjectIdentity) -> Judgement {
    if let table = object.table, isWithoutRelation(table) {
      return Judgement(
        code: FindingCode.expectationMissing, object: object,
        message: "\(object) is not there: there is no \(table)")
    }
    return Judgement(code: FindingCode.expectationMissing, object: object, message: "\(object) is not there")
  }

  func isWithoutRelation(_ table: ObjectIdentity) -> Bool {
    [ObjectKind.table, .view, .materializedView, .foreignTable].allSatisfy {
      !snapshot.contains(table.with(kind: $0))
    }
  }

  private func judgeColumn(_ column: ObjectIdentity, type: String?, isNullable: Bool?) -> Judgement {
    guard let found = snapshot[column], case .column(let detail) = found.detail else {
      return missing(column)
    }
    if let type, !TypeSpelling.agree(type, detail.type) {
      return Judgement(
        code: FindingCode.expectationColumnType, object: column,
        message: "\(column) has type \(detail.type), expected is \(TypeSpelling.canonical(type))")
    }
    if let isNullable, isNullable != detail.isNullable {
      let words =
        detail.isNullable
        ? "accepts NULL, expected is NOT NULL" : "is NOT NULL, expected is that it accepts NULL"
      return Judgement(
        code: FindingCode.expectationColumnNullability, object: column, message: "\(column) \(words)")
    }
    var words = "\(column) is there"
    if type != nil { words += " with type \(detail.type)" }
    return Judgement(object: column, message: words)
  }

  private func judgeRowSecurity(_ table: ObjectIdentity, isEnabled: Bool) -> Judgement {
    guard let schema = table.schema, !isWithoutRelation(table) else { return missing(table) }
    let flag = ObjectIdentity.rowSecurity(schema, table.name)
    let isOn = snapshot.contains(flag)
    let words = "row security on \(table.qualifiedName) is \(isOn ? "on" : "off")"
    if isOn == isEnabled { return Judgement(object: flag, message: words) }
    return Judgement(
      code: FindingCode.expectationRowSecurity, object: flag,
      message: "\(words), expected is \(isEnabled ? "on" : "off")")
  }

  private func judgeAnswer(_ answer: QueryAnswer, to query: String, expected: String) -> Judgement {
    let question = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch answer {
    case .text(let text?) where text == expected:
      return Judgement(message: "\(question) answers \(text)")
    case .text(let text):
      let given = text.map(Self.shown) ?? "nothing"
      return Judgement(
        code: FindingCode.expectationQuery,
        message: "\(question) answers \(given), expected is \(Self.shown(expected))")
    case .refused(let reason):
      return Judgement(code: FindingCode.expectationQuery, message: "\(question) was refused: \(reason)")
    }
  }

  private static func shown(_ text: String) -> String { text.isEmpty ? "an empty text" : text }
}
