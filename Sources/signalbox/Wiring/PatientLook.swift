import Catalog
import Migrations
import Postgres
import Rollout
import Schema
import ServerActivity
import Threads

extension TargetSession {
  /// Looks at the catalog, or at the history.
  ///
  /// Where somebody holds a table so that it cannot be looked at, says who, and looks again for as long
  /// as the target's `lookTimeout` allows.
  ///
  /// - Throws: ``CommandFailure`` that names who is in the way, with status 5; ``PostgresError``.
  func look<Answer>(_ read: (CatalogReader) async throws -> Answer) async throws -> Answer {
    let reader = CatalogReader(connection)
    let began = Clock.uptime()
    var announced: Set<Int32> = []
    while true {
      do {
        return try await read(reader)
      } catch let error as PostgresError where error.sqlState == "55P03" {
        let obstacles = LockObstacle.all(in: try await reader.activity())
        guard Clock.uptime() - began < target.lookTimeout else {
          throw Self.failure("neither catalog nor history can be read while a table is locked", obstacles)
            ?? error
        }
        Self.announce(obstacles, &announced)
      }
    }
  }

  /// Waits while somebody keeps the history's tables from being written, and says who, for as long as the target's
  /// `lookTimeout` allows.
  ///
  /// What comes after this look is met by ``namingHolders(_:)``.
  ///
  /// - Throws: ``CommandFailure`` that names who is in the way, with status 5; ``PostgresError``.
  func waitForHistory() async throws {
    let began = Clock.uptime()
    var announced: Set<Int32> = []
    while let failure = Self.failure(Self.unwritable, try await writingObstacles()) {
      guard Clock.uptime() - began < target.lookTimeout else { throw failure }
      Self.announce(try await writingObstacles(), &announced)
      try await Pause.sleep(seconds: 0.2)
    }
  }

  private static func announce(_ obstacles: [LockObstacle], _ announced: inout Set<Int32>) {
    for obstacle in obstacles where announced.insert(obstacle.session.pid).inserted {
      Output.error("waits: \(obstacle.sentence)")
    }
  }
}

extension TargetSession {
  /// Does something that changes the history, and says who is in the way if it gets no lock in time.
  ///
  /// - Throws: ``CommandFailure`` that names who is in the way, with status 5; what `work` throws.
  func namingHolders<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
    do {
      return try await work()
    } catch let error as PostgresError where error.sqlState == "55P03" {
      throw Self.failure(Self.unwritable, try await writingObstacles()) ?? error
    }
  }

  private static let unwritable = "the history cannot be written while a table is locked"

  private func writingObstacles() async throws -> [LockObstacle] {
    LockObstacle.ofWriting(
      in: try await CatalogReader(connection).activity(), by: connection.server.processID)
  }

  private static func failure(_ message: String, _ obstacles: [LockObstacle]) -> CommandFailure? {
    guard let first = obstacles.first else { return nil }
    return CommandFailure(
      .locked, (["\(message):"] + obstacles.map(\.sentence)).joined(separator: "\n"),
      advice: "try again when it is free, wait longer with --look-timeout, or end that session "
        + "(`SELECT pg_terminate_backend(\(first.session.pid))`)")
  }
}

/// A session that keeps a table from being looked at (it holds it in ACCESS EXCLUSIVE mode, or waits to) or from being
/// written.
struct LockObstacle: Sendable, Hashable {
  let relation: ObjectIdentity
  let session: SessionDescription
  let isGranted: Bool

  /// `table public.t is held by pid 4711, postgres, psql, for 12 s: ALTER TABLE …`.
  var sentence: String {
    let query = session.query.map { ": \(firstLine(of: $0))" } ?? ""
    return "\(relation) is \(isGranted ? "held" : "waited for") by \(session.summary)\(query)"
  }

  private func firstLine(of query: String) -> String {
    let line = query.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.count > 100 ? line.prefix(99) + "…" : line
  }

  /// Those of a moment; who waits stands behind who holds.
  static func all(in activity: Activity) -> [LockObstacle] {
    described(activity.locks.filter { $0.mode == "AccessExclusiveLock" }, in: activity)
  }

  /// Those that keep another session from writing histories, in a mode that conflicts with ROW EXCLUSIVE (PostgreSQL
  /// documentation, 13.3.1 Table-Level Locks).
  static func ofWriting(in activity: Activity, by session: Int32) -> [LockObstacle] {
    let modes = ["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]
    let histories = ["signalbox", "supabase_migrations"]
    return described(
      activity.locks.filter { lock in
        modes.contains(lock.mode) && lock.session != session
          && lock.relation.schema.map(histories.contains) ?? false
      }, in: activity)
  }

  private static func described(_ locks: [RelationLock], in activity: Activity) -> [LockObstacle] {
    locks.compactMap { lock in
      activity.session(lock.session).map {
        LockObstacle(relation: lock.relation, session: SessionDescription($0), isGranted: lock.isGranted)
      }
    }.sorted { $0.isGranted && !$1.isGranted }
  }
}
