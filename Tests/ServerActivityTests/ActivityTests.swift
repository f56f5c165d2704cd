import ServerActivity
import Testing

@Suite("What goes on")
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
}
