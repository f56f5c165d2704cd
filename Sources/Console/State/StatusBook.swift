import Migrations
import Verification

/// Where each migration stands, with the sums that the screen shows.
struct StatusBook: Sendable {
  private var statuses: [MigrationID: MigrationStatus] = [:]
  private var findings: [MigrationID: [Finding]] = [:]
  private(set) var counts: [MigrationState: Int] = [:]
  /// In the database, but without a row in Signalbox's history.
  private(set) var adoptable: [MigrationID] = []
  /// The cells that `found/expected` takes for the migration with the most evidence.
  private(set) var evidenceColumns = 0
  /// In the history, but without a file.
  private(set) var missing: [MigrationID] = []

  init() {}

  init(_ list: [MigrationStatus], findings: [Finding]) {
    statuses = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for finding in findings {
      if let id = finding.migration { self.findings[id, default: []].append(finding) }
    }
    evidenceColumns = list.compactMap { $0.evidence?.summary.count }.max() ?? 0
    missing = list.filter { $0.state == .missing }.map(\.id)
    adoptable = list.filter { $0.state == .applied && $0.history == nil }.map(\.id)
    counts = Dictionary(grouping: list, by: \.state).mapValues(\.count)
  }

  var isEmpty: Bool { statuses.isEmpty }

  /// All of them, in no order.
  var all: [MigrationStatus] { Array(statuses.values) }

  subscript(id: MigrationID) -> MigrationStatus? { statuses[id] }

  func state(of id: MigrationID) -> MigrationState? { statuses[id]?.state }

  func findings(of id: MigrationID) -> [Finding] { findings[id] ?? [] }

  /// Takes findings that were made again: of one migration, or of all.
  mutating func take(_ list: [Finding], of migration: MigrationID?) {
    let fresh = Dictionary(grouping: list.filter { $0.migration != nil }) { $0.migration }
    if let migration {
      findings[migration] = fresh[migration]
    } else {
      findings = [:]
      for case (let id?, let list) in fresh { findings[id] = list }
    }
  }

  /// Takes over what a run has just seen, until everything is read again.
  mutating func note(_ id: MigrationID, _ state: MigrationState, evidence: Evidence?) {
    guard var status = statuses[id] else { return }
    counts[status.state, default: 0] -= 1
    counts[state, default: 0] += 1
    status.state = state
    status.note = nil
    if let evidence { status.evidence = evidence }
    statuses[id] = status
  }

  /// How many of these migrations are in.
  func applied(of ids: [MigrationID]) -> Int {
    // The sum is on the screen: ten thousand are not looked up at every key where none can be found.
    counts[.applied, default: 0] == 0 ? 0 : ids.count { statuses[$0]?.state == .applied }
  }
}

extension Evidence {
  /// `3/9`: found of expected.
  var summary: String { "\(found)/\(expected)" }
}

extension MigrationState {
  /// Whether a migration in this state can be chosen to run.
  var canRun: Bool {
    switch self {
    case .pending, .partial, .failed, .interrupted: true
    case .applied, .changed, .missing, .skipped, .archived, .superseded: false
    }
  }
}
