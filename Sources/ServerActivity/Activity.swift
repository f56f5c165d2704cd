/// What goes on in a database at one moment: its sessions, their table locks, and how far long statements are.
public struct Activity: Sendable, Hashable {
  /// The sessions, by process number.
  public var sessions: [Session]
  /// The table locks that they hold or wait for.
  public var locks: [RelationLock]
  /// The long statements that the server reports on.
  public var progress: [StatementProgress]

  /// Makes the activity from its parts.
  public init(sessions: [Session] = [], locks: [RelationLock] = [], progress: [StatementProgress] = []) {
    self.sessions = sessions
    self.locks = locks
    self.progress = progress
  }

  /// The session of that process number, if it is still there.
  public func session(_ id: Int32) -> Session? { sessions.first { $0.id == id } }

  /// The sessions that hold what this one waits for.
  public func blockers(of id: Int32) -> [Session] { session(id)?.blockedBy.compactMap(session) ?? [] }

  /// Who waits for whom: the sessions that block others and are not blocked themselves, each with those behind it.
  ///
  /// A session that waits for several stands under each of them. In a deadlock nobody is first; the server breaks it
  /// after a second, and until then its sessions stand as one tree, which ends where it would repeat itself.
  public var blockingTrees: [BlockingTree] {
    var waiters: [Int32: [Int32]] = [:]
    for session in sessions {
      for blocker in session.blockedBy { waiters[blocker, default: []].append(session.id) }
    }
    let blocked = Set(sessions.filter { !$0.blockedBy.isEmpty }.map(\.id))
    var shown: Set<Int32> = []

    func tree(_ id: Int32, above: Set<Int32>) -> BlockingTree {
      shown.insert(id)
      let path = above.union([id])
      let behind = (waiters[id] ?? []).filter { !path.contains($0) }
      return BlockingTree(session: id, waiters: behind.map { tree($0, above: path) })
    }

    var trees = waiters.keys.filter { !blocked.contains($0) }.sorted().map { tree($0, above: []) }
    for id in waiters.keys.sorted() where !shown.contains(id) { trees.append(tree(id, above: [])) }
    return trees
  }
}
