import Migrations
import Postgres
import Schema
import Script

/// A statement that cannot be in one transaction with its own record: after an interruption only the catalog can tell
/// whether it was done.
struct DoubtfulStatement: Sendable {
  let statement: Statement
  /// What an earlier run noted before it sent the statement; nil if it was never sent.
  let underWay: UnfinishedMigration.UnderWay?
  let connection: Connection

  /// What is to be done with it.
  enum Verdict: Sendable, Hashable {
    /// Send it.
    case send
    /// It was done before the interruption; says how that is known.
    case done(String)
    /// A half-done build has left these: drop them, then send it.
    case leftover([IndexOnTable])
    /// Somebody builds this index at this moment.
    case beingBuilt(IndexOnTable)
    /// Another statement ends what it began.
    case finish(with: String)
    /// It was sent and nobody saw its end, and nothing that can be looked up tells how far it came.
    case unknowable
  }

  /// Whether nobody saw the end of the statement.
  private var isInDoubt: Bool { underWay.map { !$0.hasFailed } ?? false }

  /// Looks up what the statement has left, or what stands in its way.
  func verdict() async throws -> Verdict {
    switch command {
    case "CREATE INDEX CONCURRENTLY": return try await verdictOfBuild()
    case "REINDEX CONCURRENTLY": return try await verdictOfReindex()
    case "ALTER TABLE … DETACH CONCURRENTLY": return try await verdictOfDetach()
    default: break
    }
    guard isInDoubt, statement.repetition != .harmless else { return .send }
    switch command {
    case "VACUUM", "CLUSTER", "REINDEX SCHEMA", "REINDEX SYSTEM", "REINDEX DATABASE", "ALTER SYSTEM",
      "ALTER DATABASE SET TABLESPACE", "DISCARD ALL":
      return .send
    case "DROP INDEX CONCURRENTLY", "CREATE DATABASE", "DROP DATABASE", "CREATE TABLESPACE",
      "DROP TABLESPACE",
      "CREATE SUBSCRIPTION", "DROP SUBSCRIPTION":
      return try await verdictOfObjects()
    default:
      return .unknowable
    }
  }

  private var command: String {
    if case .outsideOnly(let command) = statement.transactionRule { command } else { statement.tag }
  }

  /// Without a name the server makes one up, and a repetition makes a second index.
  private var isUnnamed: Bool { if case .changes = statement.repetition { true } else { false } }

  private func verdictOfBuild() async throws -> Verdict {
    var found: [IndexOnTable] = []
    if let underWay, isUnnamed {
      found = try await IndexOnTable.all(for: statement, over: connection)
        .filter { !underWay.indexes.contains($0.oid) }
    } else if !isUnnamed,
      let made = statement.effects.first(where: { $0.action == .creates && $0.object.kind == .index }),
      let index = try await IndexOnTable.named(made.object, over: connection)
    {
      found = [index]
    }
    if let busy = found.first(where: { $0.builder != nil }) { return .beingBuilt(busy) }
    let invalid = found.filter { !$0.isValid }
    if !invalid.isEmpty { return .leftover(invalid) }
    guard isInDoubt, let valid = found.first, underWay?.indexes.contains(valid.oid) == false else {
      return .send
    }
    return .done("index \(valid.name) is there and valid")
  }

  /// What a half-done one leaves beside the index has the ending `_ccnew` or `_ccold`, with a number if need be.
  private func verdictOfReindex() async throws -> Verdict {
    guard let underWay else { return .send }
    let left = try await IndexOnTable.all(for: statement, over: connection).filter { index in
      let stem = String(index.bareName.reversed().drop { $0.isNumber }.reversed())
      return !index.isValid && !underWay.indexes.contains(index.oid)
        && (stem.hasSuffix("_ccnew") || stem.hasSuffix("_ccold"))
    }
    return left.isEmpty ? .send : .leftover(left)
  }

  private func verdictOfDetach() async throws -> Verdict {
    guard isInDoubt, let parent = statement.effects.first(where: { $0.object.kind == .table })?.object else {
      return .send
    }
    let result = try await connection.query(
      """
      SELECT format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', inhparent::regclass, inhrelid::regclass) AS finish
      FROM pg_inherits
      WHERE inhdetachpending AND inhparent = to_regclass($1)
      """, [.text(parent.qualifiedName)])
    if let row = result.rows.first { return .finish(with: try row.text("finish")) }
    return .unknowable
  }

  private func verdictOfObjects() async throws -> Verdict {
    let wanted = statement.effects.filter { $0.action == .creates || $0.action == .drops }
    guard let first = wanted.first else { return .unknowable }
    let isThere = try await isThere(first.object)
    switch first.action {
    case .creates: return isThere ? .done("\(first.object) is there") : .send
    default: return isThere ? .send : .done("\(first.object) is gone")
    }
  }

  private func isThere(_ object: ObjectIdentity) async throws -> Bool {
    let query: String
    switch object.kind {
    case .database: query = "SELECT FROM pg_database WHERE datname = $1"
    case .tablespace: query = "SELECT FROM pg_tablespace WHERE spcname = $1"
    case .subscription:
      query =
        "SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
        + " WHERE d.datname = current_database() AND s.subname = $1"
    default:
      return try await IndexOnTable.named(object, over: connection) != nil
    }
    return try await !connection.query(query, [.text(object.name)]).rows.isEmpty
  }
}
