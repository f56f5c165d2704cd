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

  /// Judges a claim; queries are put to `ask`.
  func judge(
    _ claim: Expectation.Claim, ask: (String) async throws -> QueryAnswer
  ) async throws -> Judgement {
    switch claim {
    case .exists(let object):
      if find(object) != nil { return Judgement(object: object, message: "\(object) is there") }
      return missing(object)
    case .absent(let object):
      if find(object) == nil {
        return Judgement(object: object, message: "\(object) is not there, as expected")
      }
      return Judgement(
        code: FindingCode.expectationAbsent, object: object, message: "\(object) is still there")
    case .column(let column, let type, let isNullable):
      return judgeColumn(column, type: type, isNullable: isNullable)
    case .rowSecurity(let table, let isEnabled):
      return judgeRowSecurity(table, isEnabled: isEnabled)
    case .count(let kind, let schema, let expected):
      return judgeCount(kind, schema: schema, expected: expected)
    case .query(let query, let answer):
      return judgeAnswer(try await ask(query), to: query, expected: answer)
    }
  }

  /// The object, where a claim names it less exactly than the catalog: a function without argument types is any of
  /// that name.
  private func find(_ object: ObjectIdentity) -> SchemaObject? {
    if let exact = snapshot[object] { return exact }
    switch object.kind {
    case .function, .procedure, .aggregate:
      guard object.signature == nil else { return nil }
      return snapshot.objects(of: object.kind)
        .first { $0.identity.schema == object.schema && $0.identity.name == object.name }
    default:
      return nil
    }
  }

  private func missing(_ object: ObjectIdentity) -> Judgement {
    if let table = object.table, isWithoutRelation(table) {
      return Judgement(
        code: FindingCode.expectationMissing, object: object,
        message: "\(object) is not there: there is no \(table)")
    }
    return Judgement(code: FindingCode.expectationMissing, object: object, message: "\(object) is not there")
  }

  private func isWithoutRelation(_ table: ObjectIdentity) -> Bool {
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

  private func judgeCount(_ kind: ObjectKind, schema: String, expected: Int) -> Judgement {
    let count = snapshot.objects.keys.count { $0.kind == kind && ($0.schema == schema || $0.schema == nil) }
    let words = "schema \(schema) has \(count) of kind \(kind.rawValue)"
    if count == expected { return Judgement(message: words) }
    return Judgement(code: FindingCode.expectationCount, message: "\(words), expected are \(expected)")
  }

  private func judgeAnswer(_ answer: QueryAnswer, to query: String, expected: String) -> Judgement {
    let question = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch answer {
    case .text(let text?) where text == expected:
      return Judgement(message: "\(question) answers \(text)")
    case .text(let text):
      let given = text ?? "nothing"
      return Judgement(
        code: FindingCode.expectationQuery, message: "\(question) answers \(given), expected is \(expected)")
    case .refused(let reason):
      return Judgement(code: FindingCode.expectationQuery, message: "\(question) was refused: \(reason)")
    }
  }
}
