import Catalog
import Postgres
import Schema
import Script
import TestServer
import Testing

/// One statement that a server runs, after the statements that prepare for it.
struct StatementTrial: Sendable {
  var name: String
  /// What is there before.
  var setup: String
  var sql: String
  /// Whether the statement leaves the catalog as it is.
  var changesNothing = false
  /// Whether its effects cannot be known without running it.
  var isOpaque = false
  /// Whether it takes knowledge of earlier files to tell what it does: names that the server makes avoid those that are
  /// taken, and what is done to a table is done to its heirs.
  var needsEarlierFiles = false
  /// The first version that knows the statement; what is read of it in older words is compared all the same.
  var since = 15

  init(
    _ name: String, given setup: String = "", _ sql: String, changesNothing: Bool = false,
    isOpaque: Bool = false,
    needsEarlierFiles: Bool = false, since: Int = 15
  ) {
    self.name = name
    self.setup = setup
    self.sql = sql
    self.changesNothing = changesNothing
    self.isOpaque = isOpaque
    self.needsEarlierFiles = needsEarlierFiles
    self.since = since
  }

  /// Runs each trial in a transaction that is rolled back, and records what was not foretold.
  ///
  /// Each one is read twice: with the file that prepared for it, and alone, as a file is read whose predecessors are
  /// unknown. What effects leave open in the second reading, the catalog before must settle.
  static func run(_ trials: [StatementTrial]) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.withLease { lease in
        let version = try await lease.query("SHOW server_version_num").rows[0].text("server_version_num")
        for trial in trials where trial.since * 10_000 <= Int(version) ?? 0 {
          await trial.run(lease, isReadAlone: false)
          if !trial.setup.isEmpty && !trial.needsEarlierFiles { await trial.run(lease, isReadAlone: true) }
        }
      }
      await connection.close()
    }
  }

  private func run(_ lease: LeasedConnection, isReadAlone: Bool) async {
    let label = isReadAlone ? "\(name) (read alone)" : name
    do {
      var context = ScriptContext()
      if !isReadAlone { _ = ScriptParser.parse(Array(setup.utf8), in: &context) }
      let script = ScriptParser.parse(Array(sql.utf8), in: &context)
      let needsNoTransaction = script.statements.contains {
        if case .outsideOnly = $0.transactionRule { true } else { false }
      }
      if !needsNoTransaction { _ = try await lease.execute("BEGIN") }
      if !setup.isEmpty { _ = try await lease.execute(setup) }
      let trial = try await PredictionTrial(lease, .everything)
      let before = try await trial.snapshot()
      let outcome = try await trial.run(script, excusesOpaque: since == 15)
      let difference = SnapshotDifference(from: before, to: try await trial.snapshot())
      for problem in script.problems where since == 15 || problem.kind != .unknownSyntax {
        Issue.record("\(label): \(problem)")
      }
      for failure in outcome.failures { Issue.record("\(label):\n\(failure.differences)") }
      if since == 15, isOpaque != !outcome.opaque.isEmpty, !isReadAlone {
        Issue.record("\(label): opaque: \(outcome.opaque)")
      }
      // Roles belong to the whole server, on which other tests make theirs meanwhile.
      let stays =
        changesNothing ? difference.isEmpty(apartFrom: [.role, .grant, .setting]) : difference.isEmpty
      if stays != changesNothing {
        Issue.record("\(label): the catalog stays as it is: \(stays)")
      }
      if !needsNoTransaction { _ = try await lease.execute("ROLLBACK") }
    } catch {
      Issue.record("\(label): \(error)")
      _ = try? await lease.execute("ROLLBACK")
    }
  }
}

extension SnapshotDifference {
  /// Whether nothing changed but objects of these kinds that belong to no schema.
  func isEmpty(apartFrom kinds: Set<ObjectKind>) -> Bool {
    let objects = (added + removed + changed.map(\.after)).map(\.identity)
    return objects.allSatisfy { $0.schema == nil && kinds.contains($0.kind) }
  }
}
