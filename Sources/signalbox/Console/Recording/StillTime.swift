import Console
import Migrations
import ServerActivity

/// Time that passes only with a run, for pictures that must come out the same again: the clock stands until a statement
/// has ended, and everything that was measured (durations, ages, process numbers) is replaced by something like it.
struct StillTime: Sendable {
  /// The time of day, in seconds since 1970, UTC.
  private(set) var now: Double
  private var processes: [Int32: Int32] = [:]
  /// What the statements of the migration took so far, in milliseconds.
  private var spent = 0.0

  init(now: Double) { self.now = now }

  /// The time that `SOURCE_DATE_EPOCH` names (reproducible-builds.org/specs/source-date-epoch); nil where it is not set.
  static func ofEnvironment() -> StillTime? {
    Environment.variable("SOURCE_DATE_EPOCH").flatMap(Double.init).map { StillTime(now: $0) }
  }

  /// The action without anything that is different each time.
  mutating func still(_ action: ConsoleAction) -> ConsoleAction {
    switch action {
    case .connected(var server):
      server.latencyMilliseconds = 0.6
      return .connected(server)
    case .runEvent(var event):
      event.time = now
      event.kind = still(event.kind)
      return .runEvent(event)
    case .answered(let request, let number, .success(.activity(.activity(let activity)))):
      return .answered(request, number: number, .success(.activity(.activity(still(activity)))))
    case .answered(let request, let number, .success(.rollout(.activity(var activity)))):
      activity.blockers = activity.blockers.map { still($0) }
      activity.waiters = activity.waiters.map { still($0) }
      return .answered(request, number: number, .success(.rollout(.activity(activity))))
    case .answered(let request, let number, .success(.history(.read(let facts)))):
      return .answered(request, number: number, .success(.history(.read(still(facts)))))
    default: return action
    }
  }

  private func still(_ facts: HistoryFacts) -> HistoryFacts {
    var still = facts
    for index in still.runs.indices {
      still.runs[index].startedAt = now - 600 * Double(index + 1)
      still.runs[index].finishedAt = facts.runs[index].finishedAt.map { _ in now - 600 * Double(index + 1) + 2
      }
      still.runs[index].operatorName = "operator"
      still.runs[index].host = "console"
      for place in still.runs[index].migrations.indices {
        let was = facts.runs[index].migrations[place].milliseconds
        still.runs[index].migrations[place].milliseconds = was.map { _ in Double(24 + place * 131 % 700) }
      }
    }
    let times = Dictionary(still.runs.map { ($0.id, $0.startedAt) }, uniquingKeysWith: { first, _ in first })
    for index in still.changes.indices { still.changes[index].time = times[still.changes[index].run] ?? now }
    return still
  }

  private mutating func still(_ kind: RunEvent.Kind) -> RunEvent.Kind {
    switch kind {
    case .statementFinished(let id, let statement, _, let rows):
      let milliseconds = Double(3 + statement * 5 % 19)
      now += milliseconds / 1_000
      spent += milliseconds
      return .statementFinished(id, statement: statement, milliseconds: milliseconds, rows: rows)
    case .migrationFinished(let id, let outcome, _):
      defer { spent = 0 }
      return .migrationFinished(id, outcome, milliseconds: spent)
    case .blocked(let id, let statement, let sessions):
      return .blocked(id, statement: statement, by: sessions.map { still($0) })
    case .queued(let id, let statement, let sessions):
      return .queued(id, statement: statement, behind: sessions.map { still($0) })
    case .waitingForRun(let holder): return .waitingForRun(holder: still(holder))
    default: return kind
    }
  }

  private mutating func still(_ activity: Activity) -> Activity {
    var still = activity
    for index in still.sessions.indices {
      let session = still.sessions[index]
      still.sessions[index].id = number(session.id)
      still.sessions[index].startedAt = now - 720
      still.sessions[index].stateSeconds = session.stateSeconds.map { _ in Double(12 + index * 7) }
      still.sessions[index].transactionSeconds = session.transactionSeconds.map { _ in Double(34 + index * 11)
      }
      still.sessions[index].blockedBy = session.blockedBy.map { number($0) }
    }
    for index in still.locks.indices { still.locks[index].session = number(still.locks[index].session) }
    for index in still.progress.indices {
      still.progress[index].session = number(still.progress[index].session)
    }
    return still
  }

  private mutating func still(_ session: SessionDescription) -> SessionDescription {
    var still = session
    still.pid = number(session.pid)
    still.seconds = session.seconds.map { _ in 12 }
    return still
  }

  /// Process numbers in the order in which they were first seen.
  private mutating func number(_ process: Int32) -> Int32 {
    if let known = processes[process] { return known }
    let number = 4_101 + Int32(processes.count)
    processes[process] = number
    return number
  }
}
