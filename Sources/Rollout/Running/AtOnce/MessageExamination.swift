import Catalog
import Migrations
import Postgres
import Schema
import Synchronization

/// Finds out what the migrations of a message have left, as soon as a look at them is answered: the server runs the next
/// ones meanwhile.
final class MessageExamination: Sendable {
  /// What a look has shown of a migration.
  struct Finding: Sendable {
    let evidence: Evidence
    let changes: [ObjectChange]
    let access: AccessChange
    let left: Snapshot
  }

  /// The answers as they come in.
  private struct Inbox {
    /// The answers to each look.
    var answers: [[QueryResult]]
    /// Reads what has come in; nil while nobody does.
    var reader: Task<Void, Never>?
  }

  /// What was found so far.
  private struct State {
    var catalog: KnownCatalog
    /// The look that is read next.
    var next = 0
    /// Whether the next look does not show all, and has to be taken in full.
    var isIncomplete = false
    var failure: PostgresError?
    var findings: [Finding] = []
    var records: [PipelineRequest] = []
  }

  private let message: MigrationMessage
  private let verification: TouchedVerification
  private let accessChange: @Sendable (Snapshot, Snapshot) -> AccessChange
  let recorder: MigrationRecorder
  private let log: EventLog
  private let clock: MessageClock
  private let inbox: Mutex<Inbox>
  private let state: Mutex<State>

  /// Begins with the catalog as the last message left it.
  init(
    _ message: MigrationMessage, in catalog: consuming KnownCatalog, _ verification: TouchedVerification,
    accessChange: @escaping @Sendable (Snapshot, Snapshot) -> AccessChange, recorder: MigrationRecorder,
    log: EventLog, _ clock: MessageClock
  ) {
    self.message = message
    self.verification = verification
    self.accessChange = accessChange
    self.recorder = recorder
    self.log = log
    self.clock = clock
    inbox = Mutex(Inbox(answers: message.looks.map { _ in [] }))
    state = Mutex(State(catalog: catalog))
  }

  /// What was found, in the order of the migrations; fewer than these where something is missing.
  var findings: [Finding] { state.withLock { $0.findings } }

  /// Why an answer could not be read.
  var failure: PostgresError? { state.withLock { $0.failure } }

  /// What stores the migrations that share the transaction in the history.
  var records: [PipelineRequest] { state.withLock { $0.records } }

  /// The look that has to be taken in full before anything else is found.
  var incompleteLook: MigrationMessage.Look? {
    state.withLock { $0.isIncomplete ? message.looks[$0.next] : nil }
  }

  /// The transaction in which the migrations run; nil if no look was answered.
  var transaction: String? {
    inbox.withLock { $0.answers.first?.first?.rows.first?["transaction"] }
  }

  /// Gives the catalog back, as the migrations leave it.
  func takeCatalog() -> KnownCatalog {
    state.withLock { state in
      defer { state.catalog = KnownCatalog(Snapshot()) }
      return state.catalog
    }
  }

  /// Takes in the answer to a request of a look.
  ///
  /// The look is read aside: who hears the answers also takes the time of the statements behind it.
  func take(_ result: QueryResult, at place: Int) {
    guard let number = message.looks.firstIndex(where: { $0.places.contains(place) }) else { return }
    let look = message.looks[number]
    inbox.withLock { inbox in
      inbox.answers[number].append(result)
      guard place == look.places.upperBound - 1, look.end != nil, inbox.reader == nil else { return }
      inbox.reader = Task { read() }
    }
  }

  /// Waits until all that has come in is read.
  func finish() async {
    await inbox.withLock { $0.reader }?.value
    read()
  }

  /// Takes in what a look in full has shown, and goes on with those behind it.
  func show(_ snapshot: Snapshot) {
    state.withLock { state in
      state.isIncomplete = false
      examine(snapshot, &state)
    }
    read()
  }

  private func read() {
    state.withLock { state in
      while state.failure == nil, !state.isIncomplete, let answers = answers(to: state.next) {
        do throws(PostgresError) {
          let look = message.looks[state.next]
          if let shown = try message.look.read(answers, of: look.touched) {
            examine(shown, &state)
          } else {
            state.isIncomplete = true
          }
        } catch {
          state.failure = error
        }
      }
    }
  }

  /// The answers to a look; nil, and nobody reads any more, if they are not all there.
  private func answers(to look: Int) -> [QueryResult]? {
    inbox.withLock { inbox in
      guard message.looks.indices.contains(look),
        inbox.answers[look].count == message.looks[look].places.count
      else {
        inbox.reader = nil
        return nil
      }
      // The first answer is that to what begins the look.
      return Array(inbox.answers[look].dropFirst())
    }
  }

  private func examine(_ shown: Snapshot, _ state: inout State) {
    let look = message.looks[state.next]
    state.next += 1
    let known = message.isShared ? KnownCatalog(shown) : nil
    for place in look.parts {
      let part = message.parts[place]
      let changes = examine(part, known?.part(part.touched) ?? shown, &state)
      guard message.isShared else { continue }
      let (id, milliseconds) = (part.step.migration.id, clock.milliseconds(of: place))
      log.emit(.migrationFinished(id, .applied, milliseconds: milliseconds))
      state.records += recorder.requests(
        for: part.step, milliseconds: milliseconds, changes: changes, events: log.seal(id))
    }
  }

  /// Finds out, and tells, what a migration has left.
  private func examine(
    _ part: MigrationMessage.Part, _ left: Snapshot, _ state: inout State
  ) -> [ObjectChange] {
    let id = part.step.migration.id
    let before = state.catalog.part(part.touched)
    let evidence = verification.evidence(id, left)
    log.emit(.verified(id, evidence))
    let difference = SnapshotDifference(from: before, to: left)
    log.emit(.difference(id, difference))
    let (accessBefore, accessAfter) = state.catalog.forAccess(part.touched, before, left)
    let access = accessChange(accessBefore, accessAfter)
    if !access.isEmpty { log.emit(.accessChanged(id, access)) }
    state.catalog.replace(part.touched, with: left)
    let changes = ObjectChange.changes(in: difference)
    state.findings.append(Finding(evidence: evidence, changes: changes, access: access, left: left))
    return changes
  }
}
