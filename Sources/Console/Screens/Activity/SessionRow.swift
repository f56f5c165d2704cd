import ServerActivity

/// A row of the sessions: a session, or what those below it have in common.
struct SessionRow: ListItem {
  var content: Content

  enum Content: Sendable, Hashable {
    case heading(String, count: Int)
    /// A session; `depth` says below how many others it waits.
    case session(Session, path: [Int32], depth: Int)
    /// A prepared transaction, which no session holds, and for which others wait.
    case preparedTransaction
  }

  enum ID: Hashable, Sendable {
    case heading(String)
    /// A session stands under each of those that it waits for.
    case session([Int32])
  }

  var id: ID {
    switch content {
    case .heading(let title, _): .heading(title)
    case .session(_, let path, _): .session(path)
    case .preparedTransaction: .session([0])
    }
  }

  var isHeading: Bool {
    if case .heading = content { true } else { false }
  }

  var session: Session? {
    if case .session(let session, _, _) = content { session } else { nil }
  }

  var searchText: String {
    guard let session else { return "prepared transaction" }
    return [
      "\(session.id)", session.user ?? "", session.application ?? "", session.address ?? "",
      session.state ?? "",
      session.kind ?? "", session.query ?? "",
    ].joined(separator: " ")
  }
}

extension SessionRow {
  /// The rows of what goes on: those that wait under those they wait for, then the others, the longest at it first.
  static func rows(_ activity: Activity, serverProcesses: Bool) -> [SessionRow] {
    var inTrees: Set<Int32> = []
    var waiting: [SessionRow] = []

    func add(_ tree: BlockingTree, below path: [Int32]) {
      inTrees.insert(tree.session)
      if let session = activity.session(tree.session) {
        waiting.append(
          SessionRow(content: .session(session, path: path + [tree.session], depth: path.count)))
      } else {
        waiting.append(SessionRow(content: .preparedTransaction))
      }
      for waiter in tree.waiters { add(waiter, below: path + [tree.session]) }
    }
    for tree in activity.blockingTrees { add(tree, below: []) }

    let others = activity.sessions.filter { !inTrees.contains($0.id) && !$0.isOwn }
    let clients = others.filter(\.isClient)
    return group("Waiting, below those they wait for", waiting)
      + group("Running", clients.filter(\.isActive).sorted(by: \.stateSeconds))
      + group(
        "In a transaction, and idle",
        clients.filter { !$0.isActive && $0.transactionSeconds != nil }.sorted(by: \.transactionSeconds))
      + group(
        "Idle", clients.filter { !$0.isActive && $0.transactionSeconds == nil }.sorted(by: \.stateSeconds))
      + (serverProcesses ? group("The server's own", others.filter { !$0.isClient }) : [])
  }

  private static func group(_ title: String, _ sessions: [Session]) -> [SessionRow] {
    group(title, sessions.map { SessionRow(content: .session($0, path: [$0.id], depth: 0)) })
  }

  private static func group(_ title: String, _ rows: [SessionRow]) -> [SessionRow] {
    rows.isEmpty ? [] : [SessionRow(content: .heading(title, count: rows.count))] + rows
  }
}

extension [Session] {
  fileprivate func sorted(by seconds: KeyPath<Session, Double?>) -> [Session] {
    sorted { ($0[keyPath: seconds] ?? 0, $1.id) > ($1[keyPath: seconds] ?? 0, $0.id) }
  }
}

extension Session {
  /// Whether somebody is connected through it; where its kind is kept from us, it has a role.
  var isClient: Bool { kind.map { $0 == "client backend" } ?? (user != nil) }

  /// Whether it runs a statement.
  var isActive: Bool { state == "active" || state == "fastpath function call" }

  var key: SessionKey { SessionKey(process: id, startedAt: startedAt) }
}
