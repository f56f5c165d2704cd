import Catalog
import Migrations
import Schema
import Script

/// Migrations that go as one message and share a transaction.
///
/// More than one only where nobody can tell the difference: none of them runs code of the project or changes rows, they
/// lock no relation that was there before the run, and no two of them touch the same relation. So nobody waits longer
/// for a lock, and what each of them did can be told from one look at all.
struct MigrationGroup: Sendable {
  /// A migration with what was foretold of it.
  struct Member: Sendable {
    let step: PlanStep
    let forecast: TouchForecast
  }

  private(set) var members: [Member]
  private var touched: Set<ObjectIdentity>
  private var statements: Int
  private var bytes: Int

  /// How many migrations share a transaction at most: what a failure has to do again one by one.
  private static let size = 16
  /// How many statements they have at most, so that none of them keeps the others waiting for long.
  private static let statementLimit = 256
  /// How many bytes their texts have at most, all of which are sent before any answer is read.
  private static let byteLimit = 65_536

  /// A migration alone.
  init(_ step: PlanStep, _ forecast: TouchForecast) {
    members = [Member(step: step, forecast: forecast)]
    touched = forecast.touched.relations.union(forecast.touched.routines)
    statements = step.statements.count
    bytes = Self.size(of: step)
  }

  /// Whether a migration may share its transaction with others at all.
  ///
  /// - Parameter made: the relations that the run has made so far.
  static func mayShare(_ forecast: TouchForecast, made: Set<ObjectIdentity>) -> Bool {
    !forecast.runsCode && forecast.locked.allSatisfy { forecast.made.contains($0) || made.contains($0) }
  }

  /// Takes in the next migration, which may share; false if it does not fit.
  mutating func take(_ step: PlanStep, _ forecast: TouchForecast) -> Bool {
    let own = forecast.touched.relations.union(forecast.touched.routines)
    guard members.count < Self.size, statements + step.statements.count <= Self.statementLimit,
      bytes + Self.size(of: step) <= Self.byteLimit, touched.isDisjoint(with: own)
    else { return false }
    members.append(Member(step: step, forecast: forecast))
    touched.formUnion(own)
    statements += step.statements.count
    bytes += Self.size(of: step)
    return true
  }

  private static func size(of step: PlanStep) -> Int {
    step.statements.reduce(0) { $0 + $1.text.utf8.count }
  }
}
