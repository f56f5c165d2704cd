import Schema

/// What has no rows of its own: it is used, and the server is asked where that would not be taken back or tells nothing.
extension ProbePlanner {
  func planUses(of object: ObjectIdentity, _ roles: [String], _ plan: inout ProbePlan) {
    for role in roles where isAvailable(role) {
      for command in matrix.commands(for: object)
      where matrix.cell(object, command, role: role).value != .impossible {
        func add(_ sql: String, _ means: ProbePlan.Means, _ words: String, before preparation: String? = nil)
        {
          var statement = RoleStatement(sql, role: role, settings: means == .use ? Self.limits : [])
          statement.preparation = preparation
          plan.trials.append(
            ProbePlan.Trial(
              table: object, command: command, role: role, user: .first, row: words, means: means,
              statement: statement))
        }
        var hindrance = ""
        switch use(of: object) {
        case .success(let use): add(use.sql, .use, use.words, before: use.preparation)
        case .failure(let obstacle): hindrance = "; \(obstacle.reason)"
        }
        if let sql = question(object, command) { add(sql, .question, "the server says so\(hindrance)") }
      }
    }
  }

  /// A call that takes longer was let in all the same.
  private static let limits = [RoleStatement.Setting("statement_timeout", "5s")]

  /// How something is used.
  private struct Use {
    var sql: String
    /// What is done before, by the session itself.
    var preparation: String?
    /// What was done, in words.
    var words: String
  }

  private func use(of object: ObjectIdentity) -> Result<Use, SeedPlanner.Obstacle> {
    switch object.kind {
    case .schema:
      // Whether a name can be looked up is decided before whether there is such a name.
      let name = "\(Identifier.alwaysQuoted(object.name)).\(Identifier.alwaysQuoted("signalbox probe"))"
      return .success(Use(sql: "SELECT 1 FROM \(name)", words: "a name in it was looked up"))
    case .sequence:
      // The numbers of a sequence that was restarted in a transaction are taken back with it (ALTER SEQUENCE, Notes).
      return .success(
        Use(
          sql: "SELECT pg_catalog.nextval(\(SQLLiteral.text(object.sqlName)))",
          preparation: "ALTER SEQUENCE \(object.sqlName) RESTART",
          words: "a number was taken from it, restarted for the trial, which was rolled back"))
    case .function, .procedure, .aggregate:
      if let reason = effects.reason(forCalling: object) {
        return .failure(SeedPlanner.Obstacle(reason: "it was not called: it \(reason)"))
      }
      do throws(SeedPlanner.Obstacle) {
        let call = try ProbeCall(object, in: matrix.snapshot)
        return .success(Use(sql: call.sql, words: "it was called"))
      } catch {
        return .failure(SeedPlanner.Obstacle(reason: "it was not called: it \(error.reason)"))
      }
    case .materializedView:
      return .success(
        Use(
          sql:
            "SELECT 1 FROM (SELECT 1) one LEFT JOIN (SELECT 1 AS found FROM \(object.sqlName) LIMIT 0) rows ON true",
          words: "it was opened, and no row read: a row of ours is not in it"))
    default:
      return .failure(SeedPlanner.Obstacle(reason: "the foreign server was not asked"))
    }
  }

  /// A query that gives a row if the role may.
  private func question(_ object: ObjectIdentity, _ command: AccessCommand) -> String? {
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
    case .schema: return asked("has_schema_privilege", object.name, [command.rawValue])
    case .sequence: return asked("has_sequence_privilege", object.sqlName, ["USAGE", "UPDATE"])
    case .function, .procedure, .aggregate:
      return asked(
        "has_function_privilege", "\(object.sqlName)(\(object.signature ?? ""))", ["EXECUTE"])
    case .foreignTable: return asked("has_table_privilege", object.sqlName, [command.rawValue])
    default: return nil
    }
  }
}
