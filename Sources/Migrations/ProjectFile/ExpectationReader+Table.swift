import Schema
import TOML

/// What an expectation claims of the table that it names.
extension ExpectationReader {
  mutating func readTable(_ relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    let schema = relation.schema ?? "public"
    readColumns(of: relation, &problems)
    readRowSecurity(of: relation, &problems)
    for text in oneOrMore("indexes", &problems) {
      guard let name = ObjectName.qualified(text.text) else { continue }
      let isQualified = text.text.contains(".")
      claims.append((.exists(.index(isQualified ? name.schema : schema, name.name)), text.position))
    }
    readPolicies(of: relation, &problems)
    readTriggers(of: relation, &problems)
    for text in oneOrMore("constraints", &problems) {
      claims.append((.exists(.constraint(schema, relation.name, text.text)), text.position))
    }
    for text in oneOrMore("publications", &problems) {
      let member = ObjectIdentity(
        .publicationMember, schema: schema, parent: text.text, name: relation.name)
      claims.append((.exists(member), text.position))
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

  private mutating func readRowSecurity(of relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    if let isEnabled = problems.reading({ () throws(TOMLError) in try table.boolean("rls") }),
      let value = table["rls"]
    {
      claims.append((.rowSecurity(table: relation, isEnabled: isEnabled), value.position))
    }
    if let isForced = problems.reading({ () throws(TOMLError) in try table.boolean("force_rls") }),
      let value = table["force_rls"]
    {
      claims.append((.forcedRowSecurity(table: relation, isForced: isForced), value.position))
    }
  }

  /// Names, or by name the command, or command and roles.
  private mutating func readPolicies(of relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    func identity(_ name: String) -> ObjectIdentity {
      .policy(relation.schema ?? "public", relation.name, name)
    }
    guard case .table(let policies) = table["policies"]?.kind else {
      for text in oneOrMore("policies", &problems) {
        claims.append((.exists(identity(text.text)), text.position))
      }
      return
    }
    for entry in policies.entries {
      switch entry.value.kind {
      case .string(let command):
        if let command = Self.command(command, at: entry.value.position, &problems) {
          let claim = Expectation.Claim.policy(identity(entry.key.name), command: command, roles: nil)
          claims.append((claim, entry.key.position))
        }
      case .table(let parts):
        problems.refuseUnknownKeys(in: parts, of: "a policy", known: ["command", "roles"])
        claims.append((policy(identity(entry.key.name), as: parts, &problems), entry.key.position))
      default:
        problems.add(
          "wrong-type",
          "the policy `\(entry.key.name)` must be a command or a table, but is \(entry.value.kindDescription)",
          at: entry.value.position, advice: "write \"\(entry.key.name)\" = \"select\"")
      }
    }
  }

  /// The claim that a policy is as `command` and `roles` of a table say.
  func policy(
    _ policy: ObjectIdentity, as parts: TOMLTable, _ problems: inout ProjectFileProblems
  ) -> Expectation.Claim {
    let word = problems.reading { () throws(TOMLError) in try parts.text("command") }
    let roles = Self.oneOrMore("roles", in: parts, &problems).map(\.text)
    return .policy(
      policy, command: word.flatMap { Self.command($0.text, at: $0.position, &problems) },
      roles: parts["roles"] == nil ? nil : roles)
  }

  private static func command(
    _ word: String, at position: TOMLPosition, _ problems: inout ProjectFileProblems
  ) -> String? {
    let command = word.uppercased()
    if ["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"].contains(command) { return command }
    problems.add(
      "invalid-command", "no policy is for `\(word)`", at: position,
      advice: "write all, select, insert, update or delete")
    return nil
  }

  /// Names, or by name whether it is enabled.
  private mutating func readTriggers(of relation: ObjectIdentity, _ problems: inout ProjectFileProblems) {
    func identity(_ name: String) -> ObjectIdentity {
      .trigger(relation.schema ?? "public", relation.name, name)
    }
    guard case .table(let triggers) = table["triggers"]?.kind else {
      for text in oneOrMore("triggers", &problems) {
        claims.append((.exists(identity(text.text)), text.position))
      }
      return
    }
    for entry in triggers.entries {
      switch entry.value.kind {
      case .string("enabled"), .boolean(true):
        claims.append((.trigger(identity(entry.key.name), isEnabled: true), entry.key.position))
      case .string("disabled"), .boolean(false):
        claims.append((.trigger(identity(entry.key.name), isEnabled: false), entry.key.position))
      default:
        problems.add(
          "wrong-type", "the trigger `\(entry.key.name)` must be \"enabled\" or \"disabled\"",
          at: entry.value.position)
      }
    }
  }
}
