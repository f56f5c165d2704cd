public import Schema

/// Plans how to find out by doing what the matrix says.
///
/// Each role reads, changes, deletes and inserts two rows: one that belongs to the user who asks, one that belongs to
/// another user. A role that no user signs in with is nobody: both rows are another's.
public struct ProbePlanner: Sendable {
  private let matrix: AccessMatrix

  /// Plans for this matrix.
  public init(_ matrix: AccessMatrix) { self.matrix = matrix }

  /// The plan for these relations and roles; views and ``AccessMatrix/owner`` are not tried.
  public func plan(for relations: [ObjectIdentity], roles: [String]) -> ProbePlan {
    var plan = ProbePlan(seeds: [], trials: [], omissions: [])
    var seeds = SeedPlanner(matrix)
    for relation in relations {
      guard relation.kind == .table else {
        plan.omissions.append(
          .init(table: relation, reason: "a \(relation.kind.rawValue) has no rows of its own"))
        continue
      }
      let rows = ProbeUser.allCases.map { (user: $0, row: seeds.row(of: relation, for: $0)) }
      let others = ProbeUser.allCases.map { (user: $0, row: seeds.anotherRow(of: relation, for: $0)) }
      do throws(SeedPlanner.Obstacle) {
        for (user, row) in rows {
          let row = try row.get()
          plan.trials.append(presence(of: row, user))
        }
        for role in roles where role != AccessMatrix.owner {
          for command in AccessCommand.onRows {
            if let reason = obstacle(relation, command, role: role, key: try rows[0].row.get().key) {
              plan.omissions.append(.init(table: relation, command: command, role: role, reason: reason))
              continue
            }
            for (user, row) in command == .insert ? others : rows {
              plan.trials.append(trial(command, on: try row.get(), of: user, as: role))
            }
          }
        }
      } catch {
        plan.omissions.append(.init(table: relation, reason: error.reason))
      }
    }
    plan.seeds = seeds.order.map { user, row in
      ProbePlan.Seed(table: row.table, user: user, statement: RoleStatement(row.insertion(isSeed: true)))
    }
    return plan
  }

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
    let asker: ProbeUser? = role == PolicyReader.signedIn ? .first : nil
    return ProbePlan.Trial(
      table: row.table, command: command, role: role, user: user, row: row.condition,
      statement: RoleStatement(sql, role: role, settings: ProbeUser.settings(of: asker, as: role)))
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
