import Catalog
import Postgres
import Schema
import Script
import Verification

/// Runs statements for real, and compares what they do with what was foretold.
///
/// Statements whose effects cannot be known without running them (*opaque*) are excused: the prediction begins anew
/// with what they left. What stands between them is compared exactly.
struct PredictionTrial {
  /// Statements that did something else than foretold.
  struct Failure {
    var text: String
    var differences: String
  }

  /// What came of a list of statements.
  struct Outcome {
    var failures: [Failure] = []
    var statements = 0
    var opaque: [String] = []
    var foretold = 0
    var conditional = 0

    mutating func add(_ comparison: PredictionComparison, _ text: String) {
      foretold += comparison.foretold
      conditional += comparison.conditional
      if !comparison.isExact { failures.append(Failure(text: text, differences: comparison.description)) }
    }

    mutating func add(_ other: Outcome) {
      failures += other.failures
      statements += other.statements
      opaque += other.opaque
      foretold += other.foretold
      conditional += other.conditional
    }
  }

  let lease: LeasedConnection
  let role: String
  let scope: SnapshotScope

  init(_ lease: LeasedConnection, _ scope: SnapshotScope) async throws {
    self.lease = lease
    var scope = scope
    scope.includesSizes = false
    scope.includesDependencies = true
    self.scope = scope
    role = try await lease.query("SELECT current_user::text AS role").rows[0].text("role")
  }

  func snapshot() async throws -> Snapshot { try await CatalogReader(lease).snapshot(scope) }

  /// Runs a file in a session with fresh settings, and in a transaction of its own unless it forbids that.
  func runFile(_ script: ParsedScript) async throws -> Outcome {
    _ = try await lease.execute("RESET ALL")
    let isWrapped = script.statements.allSatisfy { statement in
      switch statement.transactionRule {
      case .any, .usableAfterCommit: true
      default: false
      }
    }
    if isWrapped { _ = try await lease.execute("BEGIN") }
    let outcome = try await run(script)
    if isWrapped { _ = try await lease.execute("COMMIT") }
    return outcome
  }

  /// Runs a file's statements; with `isExact`, compares after each one, so that a failure names its statement; without
  /// `excusesOpaque`, compares also what is not wholly known.
  func run(
    _ script: ParsedScript, eachStatement isExact: Bool = false, excusesOpaque: Bool = true
  ) async throws -> Outcome {
    var outcome = Outcome()
    var before = try await snapshot()
    var prediction = CatalogPrediction(before, role: role)
    var text = ""
    for statement in script.statements where statement.form != .psqlCommand {
      let isExcused = excusesOpaque && statement.opacity != nil
      if isExcused {
        if !text.isEmpty {
          let now = try await snapshot()
          outcome.add(PredictionComparison(prediction, before: before, after: now, text: text), text)
        }
        outcome.opaque.append("\(statement.position.line): \(statement.opacity ?? "")")
      }
      try await send(statement)
      outcome.statements += 1
      prediction.follow(statement)
      text += statement.text + ";\n"
      guard isExcused || isExact else { continue }
      let now = try await snapshot()
      if !isExcused {
        outcome.add(PredictionComparison(prediction, before: before, after: now, text: text), text)
      }
      before = now
      prediction = CatalogPrediction(now, role: role)
      text = ""
    }
    if !text.isEmpty {
      outcome.add(
        PredictionComparison(prediction, before: before, after: try await snapshot(), text: text), text)
    }
    return outcome
  }

  private func send(_ statement: Statement) async throws {
    // Rows make no difference to what there is.
    if case .copyData = statement.form { return }
    do {
      _ = try await lease.execute(statement.text)
    } catch {
      throw FailedStatement(text: statement.text, error: "\(error)")
    }
  }
}

/// A statement of a test that the server refuses.
struct FailedStatement: Error, CustomStringConvertible {
  var text: String
  var error: String
  var description: String { "\(error) in: \(text)" }
}
