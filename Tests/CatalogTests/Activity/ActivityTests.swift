import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Activity")
struct ActivityTests {
  @Test("who waits stands under who holds")
  func trees() {
    let activity = Activity(sessions: [
      Session(id: 1), Session(id: 2, blockedBy: [1]), Session(id: 3, blockedBy: [2, 1]), Session(id: 4),
      Session(id: 5, blockedBy: [0]),
    ])
    #expect(
      activity.blockingTrees == [
        BlockingTree(session: 0, waiters: [BlockingTree(session: 5)]),
        BlockingTree(
          session: 1,
          waiters: [
            BlockingTree(session: 2, waiters: [BlockingTree(session: 3)]), BlockingTree(session: 3),
          ]),
      ])
    #expect(activity.blockers(of: 3).map(\.id) == [2, 1])
  }

  @Test("a deadlock ends where it would repeat itself")
  func deadlock() {
    let activity = Activity(sessions: [Session(id: 1, blockedBy: [2]), Session(id: 2, blockedBy: [1])])
    #expect(
      activity.blockingTrees == [BlockingTree(session: 1, waiters: [BlockingTree(session: 2)])])
  }

  @Test("progress is a share of the whole where the server knows the whole")
  func fraction() {
    #expect(StatementProgress(session: 1, command: "VACUUM", done: 1, total: 4).fraction == 0.25)
    #expect(StatementProgress(session: 1, command: "VACUUM", done: 1, total: 0).fraction == nil)
    #expect(StatementProgress(session: 1, command: "COPY", done: 9, total: 4).fraction == 1)
  }

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
}
