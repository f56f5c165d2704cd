import Schema

/// What has no rows of its own: the server is asked, and nothing is used.
extension ProbePlanner {
  func planQuestions(about object: ObjectIdentity, _ roles: [String], _ plan: inout ProbePlan) {
    for role in roles where isAvailable(role) {
      for command in matrix.commands(for: object)
      where matrix.cell(object, command, role: role).value != .impossible {
        guard let (sql, why) = question(object, command) else { continue }
        plan.trials.append(
          ProbePlan.Trial(
            table: object, command: command, role: role, user: .first, row: why, isQuestion: true,
            statement: RoleStatement(sql, role: role)))
      }
    }
  }

  /// A query that gives a row if the role may, and why it stops there.
  private func question(_ object: ObjectIdentity, _ command: AccessCommand) -> (sql: String, why: String)? {
    // A schema's name is taken as it is, the others are parsed.
    let schema = object.schema.map(SQLLiteral.text)
    func asked(_ function: String, _ name: String, _ privileges: [String]) -> String {
      let answers = privileges.map { "\(function)(\(SQLLiteral.text(name)), '\($0)')" }.joined(
        separator: " OR ")
      guard let schema else { return "SELECT 1 WHERE \(answers)" }
      // A name in a schema without USAGE cannot even be looked up.
      return
        "SELECT 1 WHERE CASE WHEN has_schema_privilege(\(schema), 'USAGE') THEN \(answers) ELSE false END"
    }
    switch object.kind {
    case .schema:
      return (
        asked("has_schema_privilege", object.name, [command.rawValue]),
        "the server says so"
      )
    case .sequence:
      return (
        asked("has_sequence_privilege", object.sqlName, ["USAGE", "UPDATE"]),
        "the server says so; no number was taken, since none is given back"
      )
    case .function, .procedure, .aggregate:
      return (
        asked("has_function_privilege", "\(object.sqlName)(\(object.signature ?? ""))", ["EXECUTE"]),
        "the server says so; it was not called, since a call may do anything"
      )
    case .materializedView:
      return (
        "SELECT 1 FROM (SELECT 1) one LEFT JOIN (SELECT 1 AS found FROM \(object.sqlName) LIMIT 0) rows ON true",
        "it was opened, and no row read: a row of ours is not in it"
      )
    case .foreignTable:
      return (
        asked("has_table_privilege", object.sqlName, [command.rawValue]),
        "the server says so; the foreign server was not asked"
      )
    default: return nil
    }
  }
}
