import Schema
import Script

/// What an `ALTER` makes of the detail of its object.
enum DetailChange {
  /// The detail afterwards.
  static func detail(_ detail: ObjectDetail, after effect: Effect) -> ObjectDetail {
    let clause = effect.definition ?? ""
    switch detail {
    case .column(let column): return .column(changed(column, clause, effect.detail))
    case .constraint(var constraint):
      if clause == "VALIDATE CONSTRAINT" { constraint.isValidated = true }
      return .constraint(constraint)
    case .function(let function): return .function(changed(function, clause))
    case .relation(var relation):
      guard clause.contains("security_invoker") else { return detail }
      let isOff = ["false", "off", "no", "0"].contains { clause.contains("security_invoker = \($0)") }
      relation.isSecurityInvoker = !clause.hasPrefix("RESET") && !isOff
      return .relation(relation)
    case .policy(let policy): return .policy(changed(policy, clause))
    default: return detail
    }
  }

  private static func changed(
    _ column: ColumnDetail, _ clause: String, _ given: ObjectDetail
  ) -> ColumnDetail {
    if case .column(let detail) = given { return detail }
    var column = column
    switch clause {
    case "SET NOT NULL": column.isNullable = false
    case "DROP NOT NULL": column.isNullable = true
    case "DROP DEFAULT": column.defaultExpression = nil
    case _ where clause.hasPrefix("SET DEFAULT "):
      column.defaultExpression = String(clause.dropFirst("SET DEFAULT ".count))
    case _ where clause.hasPrefix("TYPE "): column.type = TypeClause(clause).type
    default: break
    }
    return column
  }

  /// The clauses stand one behind the other, as `SECURITY DEFINER SET search_path TO public`.
  private static func changed(_ function: FunctionDetail, _ clause: String) -> FunctionDetail {
    var function = function
    if clause.contains("SECURITY DEFINER") { function.isSecurityDefiner = true }
    if clause.contains("SECURITY INVOKER") { function.isSecurityDefiner = false }
    if clause.contains("RESET ALL") { function.settings = [] }
    if clause.contains("RESET search_path") {
      function.settings.removeAll { $0.hasPrefix("search_path=") }
    }
    if clause.contains("SET search_path ") {
      function.settings.removeAll { $0.hasPrefix("search_path=") }
      let path = clause.text(behind: "SET search_path TO ") ?? ""
      function.settings.append("search_path=" + (path == "''" ? "\"\"" : path.filter { $0 != "'" }))
    }
    return function
  }

  /// `TO roles USING (…) WITH CHECK (…)`, each part only if it is given.
  private static func changed(_ policy: PolicyDetail, _ clause: String) -> PolicyDetail {
    var policy = policy
    var rest = clause
    if let check = rest.text(behind: "WITH CHECK (") {
      policy.check = String(check.dropLast())
      rest.removeLast(check.utf8.count + "WITH CHECK (".utf8.count)
      while rest.hasSuffix(" ") { rest.removeLast() }
    }
    if let using = rest.text(behind: "USING (") {
      policy.using = String(using.dropLast())
      rest.removeLast(using.utf8.count + "USING (".utf8.count)
    }
    if rest.hasPrefix("TO ") {
      policy.roles = rest.dropFirst(3).split(separator: ",").map { role in
        String(role.drop { $0 == " " }.prefix { $0 != " " })
      }
    }
    return policy
  }
}

/// `TYPE type [COLLATE name] [USING expression]` taken apart.
struct TypeClause {
  /// The new type.
  var type: String
  /// Whether the values are computed from the old ones.
  var isConverting: Bool

  init(_ clause: String) {
    let words = clause.dropFirst("TYPE ".count).split(separator: " ", omittingEmptySubsequences: false)
    let end = words.firstIndex { $0 == "USING" || $0 == "COLLATE" } ?? words.endIndex
    type = words[..<end].joined(separator: " ")
    isConverting = words[end...].contains("USING")
  }
}

extension String {
  /// What stands behind the first occurrence of some text.
  func text(behind mark: String) -> String? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return String(rest.dropFirst(mark.count)) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
