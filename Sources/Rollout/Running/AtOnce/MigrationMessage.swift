import Catalog
import Migrations
import Postgres
import Schema
import Script

/// One or more migrations as one message: the commit of what was sent before, their statements, and the looks at what they
/// touch.
///
/// The commit of what was sent before is settled on its own: what fails before it leaves a failed transaction, in which
/// nothing of this message runs; what fails in it leaves no transaction, and then these migrations run in their own, which
/// is rolled back, since its commit goes out only with a later message.
struct MigrationMessage: Sendable {
  /// A migration of the message.
  struct Part: Sendable {
    let step: PlanStep
    let touched: TouchedObjects
    /// The relations that it makes.
    let made: Set<ObjectIdentity>
    /// The places of its statements among the requests.
    let statements: Range<Int>
  }

  /// A look at what some migrations of the message touch.
  struct Look: Sendable {
    /// The migrations, by their places.
    let parts: Range<Int>
    /// All that they touch.
    let touched: TouchedObjects
    /// The place of the request that says which transaction it is, behind which the look's own stand.
    let places: Range<Int>
    /// The place of the request with which it ends where more migrations follow.
    let end: Int?
  }

  let parts: [Part]
  let looks: [Look]
  let look: TouchedLook
  /// What the commit goes first of.
  let previous: UnsettledMessage?
  /// What is sent, in order.
  let requests: [PipelineRequest]

  /// How many requests are sent before their answers are waited for; each keeps its answer in memory until then.
  private static let sliceSize = 4_096
  /// How many migrations that share a transaction are looked at together: while the server runs the next ones, their
  /// answers are read and judged.
  private static let lookSize = 4

  /// Whether its migrations share a transaction.
  var isShared: Bool { parts.count > 1 }

  /// The migrations, in their order.
  var steps: [PlanStep] { parts.map(\.step) }

  /// The requests as they are sent: all at once, but for messages of many thousands.
  var slices: [Range<Int>] {
    stride(from: 0, to: requests.count, by: Self.sliceSize).map {
      $0..<min($0 + Self.sliceSize, requests.count)
    }
  }

  init(
    _ group: MigrationGroup, look: TouchedLook, after previous: UnsettledMessage?,
    resetting reset: [PipelineRequest]
  ) {
    self.look = look
    self.previous = previous
    var requests = previous?.requests ?? []
    var parts: [Part] = []
    var looks: [Look] = []
    requests.append(PipelineRequest("BEGIN"))
    while parts.count < group.members.count {
      let members = group.members[parts.count...].prefix(Self.lookSize)
      let first = parts.count
      for member in members {
        let start = requests.count
        // The server sends each result when it has it, so that each statement has its own time.
        requests += member.step.statements.map { PipelineRequest($0.text, flushes: true) }
        parts.append(
          Part(
            step: member.step, touched: member.forecast.touched, made: member.forecast.made,
            statements: start..<requests.count))
      }
      let isLast = parts.count == group.members.count
      // What a look sets ends with it where statements follow that need the session's own settings.
      if !isLast { requests.append(PipelineRequest("SAVEPOINT signalbox_look")) }
      // Deferred constraints fail here, where the error can still be shown with its migration, not at the commit.
      if isLast { requests.append(PipelineRequest("SET CONSTRAINTS ALL IMMEDIATE")) }
      if members.contains(where: \.forecast.runsCode) { requests += reset }
      let touched = members.reduce(into: TouchedObjects()) { $0.formUnion($1.forecast.touched) }
      let start = requests.count
      requests.append(TouchedLook.beginning)
      requests += look.requests(for: touched)
      let places = start..<requests.count
      if !isLast {
        requests.append(PipelineRequest("ROLLBACK TO SAVEPOINT signalbox_look"))
        requests.append(PipelineRequest("RELEASE SAVEPOINT signalbox_look", flushes: true))
      }
      looks.append(
        Look(
          parts: first..<parts.count, touched: touched, places: places,
          end: isLast ? nil : requests.count - 1))
    }
    self.requests = requests
    self.parts = parts
    self.looks = looks
  }

  /// The migration and the statement at a place; nil where a request is no statement of a migration.
  func statement(at place: Int) -> (part: Int, number: Int)? {
    // The migrations stand in order, each behind the other.
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].statements.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    guard low < parts.count, parts[low].statements.contains(place) else { return nil }
    return (low, place - parts[low].statements.lowerBound)
  }
}
