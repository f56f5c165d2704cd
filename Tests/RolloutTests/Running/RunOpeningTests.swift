import Catalog
import Migrations
import Postgres
import Schema
import Synchronization
import Testing

@testable import Rollout

@Suite("The opening of a run")
struct RunOpeningTests {
  @Test("makes no use of a snapshot that somebody has overtaken since")
  func overtaken() async throws {
    try await withFixture { fixture in
      let connection = try await Connection.connect(fixture.configuration)
      let known = try await CatalogReader(connection).snapshot(.everything, asking: [])
      await connection.close()
      try await fixture.query("CREATE TABLE t (a int)")
      let result = try await fixture.run(RunFixture.plan("ALTER TABLE t ADD COLUMN b int"), known: known)
      #expect(result.outcome == .done)
      let added = result.events.compactMap { kind -> [ObjectIdentity]? in
        if case .difference(_, let difference) = kind { difference.added.map(\.identity) } else { nil }
      }
      #expect(added == [[.column("public", "t", "b")]])
    }
  }

  @Test("leaves neither tables nor transaction nor lock behind if the history cannot be made")
  func brokenHistory() async throws {
    try await withFixture { fixture in
      try await fixture.query(
        "CREATE SCHEMA signalbox; CREATE TABLE signalbox.run (id text)")
      let error = await #expect(throws: PostgresError.self) {
        try await fixture.run(RunFixture.plan("CREATE TABLE t (a int)"))
      }
      #expect(error?.report?.sqlState != nil)
      #expect(try await fixture.value("SELECT to_regclass('public.t')") == nil)
      #expect(try await fixture.value("SELECT to_regclass('signalbox.event')") == nil)
      try await fixture.query("DROP SCHEMA signalbox CASCADE")
      #expect(try await fixture.run(RunFixture.plan("CREATE TABLE t (a int)")).outcome == .done)
    }
  }

  @Test("opens the observer's session for the first who asks, once")
  func observer() async throws {
    try await withFixture { fixture in
      let opened = Mutex(0)
      let configuration = fixture.configuration
      let unused = Observer {
        opened.withLock { $0 += 1 }
        return try await Connection.connect(configuration)
      }
      await unused.close()
      #expect(opened.withLock { $0 } == 0)
      async let first = unused.connection()
      async let second = unused.connection()
      let sessions = try await (first.server.processID, second.server.processID)
      #expect(sessions.0 == sessions.1)
      #expect(opened.withLock { $0 } == 1)
      await unused.close()
    }
  }
}
