public import Schema

/// Plans how to find out by doing what the matrix says.
///
/// Each role reads, changes, deletes and inserts two rows: one that belongs to the user who asks, one that belongs to
/// another user. A role that no user signs in with is nobody: both rows are another's. What has no rows of its own is
/// used, and where that cannot be taken back the server is asked.
public struct ProbePlanner: Sendable {
  let matrix: AccessMatrix
  let effects: OutsideEffects
  private let unavailableRoles: [String: String]

  /// Plans for this matrix.
  ///
  /// - Parameter unavailableRoles: the roles that the session cannot take on, each with the reason.
  public init(_ matrix: AccessMatrix, unavailableRoles: [String: String] = [:]) {
    self.matrix = matrix
    effects = OutsideEffects(matrix)
    self.unavailableRoles = unavailableRoles
  }

  /// The plan for these objects and roles; ``AccessMatrix/owner`` is not tried.
  public func plan(for objects: [ObjectIdentity], roles: [String]) -> ProbePlan {
    var plan = ProbePlan(seeds: [], trials: [], omissions: [])
    let claims = ProbeClaims(matrix)
    var seeds = SeedPlanner(matrix, claims: claims, effects: effects)
    let roles = roles.filter { $0 != AccessMatrix.owner }
    for object in objects {
      switch object.kind {
      case .table: planRows(of: object, roles, &seeds, &plan)
      case .view: planView(object, roles, &seeds, &plan)
      default: planUses(of: object, roles, &plan)
      }
    }
    plan.seeds = seeds.order.map { user, row in
      ProbePlan.Seed(table: row.table, user: user, statement: RoleStatement(row.insertion(isSeed: true)))
    }
    let values = claims.values(from: seeds)
    plan.trials = plan.trials.map { trial in
      var trial = trial
      trial.statement.settings += settings(of: trial, values)
      return trial
    }
    for role in roles {
      guard let reason = unavailableRoles[role] else { continue }
      plan.omissions += objects.flatMap { object in
        matrix.commands(for: object).map {
          ProbePlan.Omission(table: object, command: $0, role: role, reason: reason)
        }
      }
    }
    return plan
  }

  private func planRows(
    of relation: ObjectIdentity, _ roles: [String], _ seeds: inout SeedPlanner, _ plan: inout ProbePlan
  ) {
    let rows = ProbeUser.allCases.map { (user: $0, row: seeds.row(of: relation, for: $0)) }
    let others = ProbeUser.allCases.map { (user: $0, row: seeds.anotherRow(of: relation, for: $0)) }
    do throws(SeedPlanner.Obstacle) {
      var found: [(user: ProbeUser, row: SeedPlanner.Row)] = []
      for (user, row) in rows { found.append((user, try row.get())) }
      var made: [(user: ProbeUser, row: SeedPlanner.Row)] = []
      for (user, row) in others { made.append((user, try row.get())) }
      planTrials(on: relation, found, made, roles, &plan)
    } catch {
      plan.omissions.append(.init(table: relation, reason: error.reason))
    }
  }

  /// The trials of every role and command on rows that are there, and with rows that come.
  func planTrials(
    on relation: ObjectIdentity, _ rows: [(user: ProbeUser, row: SeedPlanner.Row)],
    _ others: [(user: ProbeUser, row: SeedPlanner.Row)], _ roles: [String], _ plan: inout ProbePlan
  ) {
    plan.trials += rows.map { presence(of: $0.row, $0.user) }
    guard let key = rows.first?.row.key else { return }
    for role in roles where unavailableRoles[role] == nil {
      for command in AccessCommand.onRows {
        if matrix.cell(relation, command, role: role).value == .impossible { continue }
        if let reason = obstacle(relation, command, role: role, key: key) {
          plan.omissions.append(.init(table: relation, command: command, role: role, reason: reason))
          continue
        }
        for (user, row) in command == .insert ? others : rows {
          plan.trials.append(trial(command, on: row, of: user, as: role))
        }
      }
    }
  }

  func isAvailable(_ role: String) -> Bool { unavailableRoles[role] == nil }

  private func presence(of row: SeedPlanner.Row, _ user: ProbeUser) -> ProbePlan.Trial {
    ProbePlan.Trial(
      table: row.table, role: "", user: user, row: row.condition,
      statement: RoleStatement("SELECT 1 FROM \(row.table.sqlName) WHERE \(row.condition)"))
  }

  private func trial(
    _ command: AccessCommand, on row: SeedPlanner.Row, of user: ProbeUser, as role: String
  ) -> ProbePlan.Trial {
    let sql: String
    switch command {
    case .insert: sql = row.insertion(isSeed: false)
    case .update:
      let column = Identifier.alwaysQuoted(changeableColumn(row, role: role))
      sql = "UPDATE \(row.table.sqlName) SET \(column) = \(column) WHERE \(row.condition)"
    case .delete: sql = "DELETE FROM \(row.table.sqlName) WHERE \(row.condition)"
    case .select, .execute, .usage: sql = "SELECT 1 FROM \(row.table.sqlName) WHERE \(row.condition)"
    }
    return ProbePlan.Trial(
      table: row.table, command: command, role: role, user: user, row: row.condition,
      bypassesRowSecurity: matrix.rights.bypassesRowSecurity(role),
      statement: RoleStatement(sql, role: role))
  }

  /// What the token of a trial says: that of the first user for the role of whoever is signed in, of the row's own user
  /// where the session itself looks whether the row is there, else nobody's.
  private func settings(of trial: ProbePlan.Trial, _ claims: ProbeClaims.Values) -> [RoleStatement.Setting] {
    guard trial.command != nil else {
      return ProbeUser.settings(of: trial.user, as: PolicyReader.signedIn, claims: claims[trial.user] ?? [:])
    }
    let asker: ProbeUser? = trial.role == PolicyReader.signedIn ? .first : nil
    return ProbeUser.settings(
      of: asker, as: trial.role, claims: asker.flatMap { claims[$0] } ?? [:])
  }

  /// A column that the role may set; of the row's own, so that it is no generated one.
  private func changeableColumn(_ row: SeedPlanner.Row, role: String) -> String {
    let allowed = matrix.rights.holding("UPDATE", on: row.table, by: role)?.columns
    let columns = row.values.map(\.column).filter { allowed?.contains($0) ?? true }
    return columns.first { !row.key.contains($0) } ?? columns.first ?? row.key[0]
  }

  /// Why a command cannot be tried by its rows although the privilege is there: finding a row needs SELECT on its key.
  private func obstacle(
    _ relation: ObjectIdentity, _ command: AccessCommand, role: String, key: [String]
  ) -> String? {
    let holding = matrix.rights.holding(command.rawValue, on: relation, by: role)
    if command == .insert {
      return holding?.columns == nil ? nil : "INSERT is granted on some columns only"
    }
    guard holding != nil else { return nil }
    guard let reading = matrix.rights.holding("SELECT", on: relation, by: role) else {
      return "without SELECT no single row can be picked"
    }
    if let columns = reading.columns, !key.allSatisfy(columns.contains) {
      return "SELECT is not granted on the key, so no single row can be picked"
    }
    if command == .update, let columns = holding?.columns,
      let readable = reading.columns, !columns.contains(where: readable.contains)
    {
      return "no column may be both read and set"
    }
    return nil
  }
}
