import Migrations
import Postgres
import Schema
import Script

extension Reverter {
  /// Proves the way back in one transaction that is rolled back.
  ///
  /// What is pending is applied, everything is taken back, and the catalog is compared with what it was before. Of a
  /// migration that is applied already nobody knows how it was before: its own objects are looked up after the way
  /// back, and then it is applied again, which must leave the catalog as it is now.
  ///
  /// - Returns: whether every way back left what was there before, and nothing else; or the task was cancelled.
  /// - Throws: ``RolloutError``, ``PostgresError``.
  public func rehearse(_ plan: RevertPlan) async throws -> RunOutcome {
    for (mode, id) in plan.steps.map({ ($0.mode, $0.migration.id) })
      + plan.applications.map({ ($0.mode, $0.migration.id) })
    {
      if case .statementByStatement(let reason) = mode {
        throw RolloutError.notRunnable(
          "\(id) cannot be rehearsed, because it cannot run in one transaction: \(reason)")
      }
    }
    do {
      try await resetSession()
      _ = try await connection.query("BEGIN")
      let isProven = try await rehearseSteps(plan)
      try await Connection.ignoringCancellation {
        try await connection.endTransaction()
        try await resetSession()
      }
      return isProven ? .done : Task.isCancelled ? .aborted : .failed
    } catch {
      // The first error says what went wrong; if the session is gone, the server rolls back by itself.
      try? await rollBack()
      if Task.isCancelled, (error as? PostgresError)?.code == .cancelled { return .aborted }
      throw error
    }
  }

  private func rehearseSteps(_ plan: RevertPlan) async throws -> Bool {
    let reverted = Set(plan.steps.map(\.migration.id))
    // What only comes along stays in, so it goes in before anything is compared.
    let preparations = plan.applications.filter { !reverted.contains($0.migration.id) }
    let applications = plan.applications.filter { reverted.contains($0.migration.id) }
    var before: [MigrationID: Snapshot] = [:]
    for step in preparations + applications {
      let id = step.migration.id
      report(.applying(id))
      if reverted.contains(id) { before[id] = try await environment.snapshot() }
      guard try await send(step.statements, of: id, in: step.migration.file, .applying) else { return false }
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      try await resetSession()
    }
    var isProven = true
    var found: Set<ObjectIdentity> = []
    let start = try await environment.snapshot()
    for step in plan.steps {
      let id = step.migration.id
      let began = environment.uptime()
      report(.started(id))
      guard try await send(step.statements, of: id, in: step.file, .reverting) else { return false }
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      try await resetSession()
      report(.reverted(id, milliseconds: (environment.uptime() - began) * 1_000))
      let after = try await environment.snapshot()
      if let before = before[id] {
        // What an earlier way back has left is its own fault, not this one's.
        let all = SnapshotDifference(from: before, to: after).without(found)
        let difference = all.without(
          Self.clusterOfOthers(in: all, beside: step.statements + step.migration.script.statements))
        report(.compared(id, difference))
        found.formUnion(difference.identities)
        if !difference.isEmpty { isProven = false }
      } else {
        let left = Self.left(of: step.migration, from: start, in: after)
        report(.left(id, left))
        if !left.isEmpty { isProven = false }
      }
    }
    guard before.isEmpty, !plan.steps.isEmpty else { return isProven }
    return try await applyAgain(plan.steps, start: start) && isProven
  }

  /// Applies again what was applied, and compares with how it was.
  private func applyAgain(_ steps: [RevertStep], start: Snapshot) async throws -> Bool {
    for step in steps.reversed() {
      report(.applying(step.migration.id))
      let statements = step.migration.script.statements.filter { statement in
        switch statement.transactionRule {
        case .begin, .commit: false
        default: true
        }
      }
      guard try await send(statements, of: step.migration.id, in: step.migration.file, .applying) else {
        return false
      }
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      try await resetSession()
    }
    let difference = SnapshotDifference(from: start, to: try await environment.snapshot())
    if let first = steps.last { report(.compared(first.migration.id, difference)) }
    return difference.isEmpty
  }

  /// What differs, belongs to the cluster rather than to this database, and is touched by no statement: roles with their
  /// memberships and settings, which others make and drop meanwhile.
  private static func clusterOfOthers(
    in difference: SnapshotDifference, beside statements: [Statement]
  ) -> Set<ObjectIdentity> {
    guard statements.allSatisfy({ $0.opacity == nil }) else { return [] }
    let touched = Set(statements.flatMap(\.effects).map(\.object))
    return Set(
      difference.identities.filter { identity in
        let role = ObjectKind.role.rawValue
        let isOfCluster =
          switch identity.kind {
          case .role, .setting: true
          case .grant: identity.parent == role
          case .comment: identity.signature == role
          default: false
          }
        return isOfCluster && !touched.contains(identity)
      })
  }

  /// What a migration makes and is still there, and just the same, after its way back.
  private static func left(
    of migration: Migration, from start: Snapshot, in after: Snapshot
  ) -> [ObjectIdentity] {
    let made = Set(
      migration.script.statements.flatMap(\.effects).filter { $0.action == .creates }.map(\.object))
    return made.filter { object in
      guard let was = start[object], let still = after[object] else { return false }
      return object.kind != .grant && object.kind != .comment && was.definition == still.definition
    }
    .sorted()
  }
}

extension SnapshotDifference {
  /// The objects that it tells of.
  fileprivate var identities: [ObjectIdentity] {
    added.map(\.identity) + removed.map(\.identity) + changed.map(\.after.identity)
  }

  /// The same without some objects.
  fileprivate func without(_ known: Set<ObjectIdentity>) -> SnapshotDifference {
    var rest = self
    rest.added.removeAll { known.contains($0.identity) }
    rest.removed.removeAll { known.contains($0.identity) }
    rest.changed.removeAll { known.contains($0.after.identity) }
    return rest
  }
}
