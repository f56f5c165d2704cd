import Catalog
import Postgres
import Schema
import ServerActivity
import TestServer
import Testing

@Suite("Activity")
struct ActivityTests {
  @Test("a session that waits for a table is shown with the one that holds it and their locks")
  func blocked() async throws {
    try await TestServer.withDatabase { configuration in
      let holder = try await Connection.connect(configuration)
      let waiter = try await Connection.connect(configuration)
      let observer = CatalogReader(try await Connection.connect(configuration))
      try await holder.execute("CREATE TABLE t (a int)")
      try await holder.withLease { lease in
        try await lease.execute("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        async let waiting = waiter.query("SELECT count(*) FROM t")
        var activity = try await observer.activity()
        while activity.blockers(of: waiter.server.processID).isEmpty {
          activity = try await observer.activity()
        }
        #expect(activity.blockers(of: waiter.server.processID).map(\.id) == [holder.server.processID])
        #expect(activity.session(holder.server.processID)?.state == "idle in transaction")
        #expect(
          activity.locks.contains(
            RelationLock(
              session: holder.server.processID, relation: .table("public", "t"), mode: "AccessExclusiveLock",
              isGranted: true)))
        #expect(
          activity.locks.contains(
            RelationLock(
              session: waiter.server.processID, relation: .table("public", "t"), mode: "AccessShareLock",
              isGranted: false)))
        #expect(activity.sessions.count { $0.isOwn } == 1)
        try await lease.execute("COMMIT")
        #expect(try await waiting.rows.first?[0] == "0")
      }
      await holder.close()
      await waiter.close()
    }
  }

  @Test("a statement is cancelled and a session ended, unless its number belongs to another by now")
  func signals() async throws {
    try await TestServer.withDatabase { configuration in
      let victim = try await Connection.connect(configuration)
      let observer = try await Connection.connect(configuration)
      let reader = CatalogReader(observer)
      let process = victim.server.processID
      let session = try #require(try await reader.activity().session(process))
      #expect(
        try await reader.signal(.terminate, process: process, startedAt: session.startedAt - 1) == false)
      let sleep = Task { try await victim.execute("SELECT pg_sleep(600)") }
      while try await reader.activity().session(process)?.state != "active" { await Task.yield() }
      #expect(try await reader.signal(.cancelStatement, process: process, startedAt: session.startedAt))
      await #expect { _ = try await sleep.value } throws: {
        ($0 as? PostgresError)?.report?.sqlState == "57014"
      }
      try await victim.execute("SELECT 1")
      #expect(try await reader.signal(.terminate, process: process, startedAt: session.startedAt))
      while try await reader.activity().session(process) != nil { await Task.yield() }
      await victim.close()
      await observer.close()
    }
  }
}
