import Migrations
import Schema

/// Claims that only the server can answer.
extension ExpectationJudge {
  /// A role has a privilege whoever it was granted to: itself, a role that it is a member of, or everyone.
  func judgePrivilege(
    _ privilege: String, role: String, on object: ObjectIdentity, isHeld: Bool,
    ask: (String) async throws -> QueryAnswer
  ) async throws -> Judgement {
    let grant = ObjectIdentity.grant(privilege, to: role, on: object)
    guard let question = PrivilegeQuestion(privilege, role: role, on: object)?.sql else {
      return Judgement(
        code: FindingCode.expectationPrivilege, object: grant,
        message: "nobody has privileges on a \(object.kind.rawValue)")
    }
    switch try await ask(question) {
    case .refused(let reason):
      return Judgement(
        code: FindingCode.expectationPrivilege, object: grant,
        message: "whether \(role) has \(privilege) on \(object) cannot be told: \(reason)")
    case .text(let answer):
      guard let answer else { return missing(object) }
      let has = answer == "t" || answer == "true"
      let words = "\(role) \(has ? "has" : "does not have") \(privilege) on \(object)"
      if has == isHeld { return Judgement(object: grant, message: words) }
      return Judgement(
        code: FindingCode.expectationPrivilege, object: grant,
        message: "\(words), expected is that it \(isHeld ? "has" : "has not")")
    }
  }

  func judgeCall(_ answer: QueryAnswer, _ call: String, expected: String?) -> Judgement {
    switch answer {
    case .refused(let reason):
      return Judgement(code: FindingCode.expectationCall, message: "\(call) was refused: \(reason)")
    case .text(let text):
      let given = text ?? "NULL"
      guard let expected, expected != text else { return Judgement(message: "\(call) gives \(given)") }
      return Judgement(
        code: FindingCode.expectationCall, message: "\(call) gives \(given), expected is \(expected)")
    }
  }
}

/// The question whether a role has a privilege, as PostgreSQL's `has_…_privilege` functions answer it.
struct PrivilegeQuestion: Sendable, Hashable {
  /// The query; its answer is `t`, `f`, or NULL if there is no such object.
  let sql: String

  /// Makes the question; nil if objects of this kind have no privileges, or not enough is known of the object.
  init?(_ privilege: String, role: String, on object: ObjectIdentity) {
    let name = [object.schema, object.name].compactMap { $0 }.map(Identifier.alwaysQuoted)
      .joined(separator: ".")
    let who = SQLLiteral.text(role)
    let what = SQLLiteral.text(privilege)
    func question(_ function: String, _ object: String) -> String {
      "SELECT \(function)(\(who), \(object), \(what))"
    }
    switch object.kind {
    case .table, .view, .materializedView, .foreignTable:
      sql = question("has_table_privilege", "to_regclass(\(SQLLiteral.text(name)))::oid")
    case .sequence:
      sql = question("has_sequence_privilege", "to_regclass(\(SQLLiteral.text(name)))::oid")
    case .column:
      guard let schema = object.schema, let table = object.parent else { return nil }
      let relation = "\(Identifier.alwaysQuoted(schema)).\(Identifier.alwaysQuoted(table))"
      sql =
        "SELECT has_column_privilege(\(who), to_regclass(\(SQLLiteral.text(relation)))::oid, "
        + "\(SQLLiteral.text(object.name)), \(what))"
    case .function, .procedure, .aggregate:
      guard let signature = object.signature else { return nil }
      sql = question(
        "has_function_privilege", "to_regprocedure(\(SQLLiteral.text("\(name)(\(signature))")))::oid")
    case .type, .domain:
      sql = question("has_type_privilege", "to_regtype(\(SQLLiteral.text(name)))::oid")
    case .schema: sql = question("has_schema_privilege", SQLLiteral.text(object.name))
    case .language: sql = question("has_language_privilege", SQLLiteral.text(object.name))
    case .foreignDataWrapper:
      sql = question("has_foreign_data_wrapper_privilege", SQLLiteral.text(object.name))
    case .foreignServer: sql = question("has_server_privilege", SQLLiteral.text(object.name))
    default: return nil
    }
  }
}
