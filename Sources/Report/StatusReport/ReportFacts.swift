public import Migrations
public import Schema
public import Verification

/// All that a report is made of: the project, what its target says, and the time.
public struct ReportFacts: Sendable {
  /// The project.
  public var project: Project
  /// The requirements among its migrations.
  public var graph: RequirementGraph
  /// Where the facts were read.
  public var database: StatusDocument.Database
  /// The role that read them.
  public var role: String
  /// The objects of the database.
  public var snapshot: Snapshot
  /// Where each migration stands.
  public var statuses: [MigrationStatus]
  /// What the histories say.
  public var history: History
  /// What the verification found, passes included.
  public var findings: [Finding]
  /// What applying everything that is pending would run.
  public var plan: Plan
  /// What was run on this database, the latest first.
  public var runs: [RunRecord]
  /// What the runs changed, the latest first.
  public var changes: [RecordedChanges]
  /// In what the live schema disagrees with the files; nil if it was not compared.
  public var drift: DriftReport?
  /// When the report is made, in seconds since 1970, UTC.
  public var time: Double
  /// The program that makes it, with its version.
  public var generator: String

  /// Makes facts from their parts.
  public init(
    project: Project, graph: RequirementGraph, database: StatusDocument.Database, role: String,
    snapshot: Snapshot, statuses: [MigrationStatus], history: History, findings: [Finding], plan: Plan,
    runs: [RunRecord], changes: [RecordedChanges] = [], drift: DriftReport? = nil, time: Double,
    generator: String
  ) {
    self.project = project
    self.graph = graph
    self.database = database
    self.role = role
    self.snapshot = snapshot
    self.statuses = statuses
    self.history = history
    self.findings = findings
    self.plan = plan
    self.runs = runs
    self.changes = changes
    self.drift = drift
    self.time = time
    self.generator = generator
  }
}

extension ReportFacts {
  /// The states of migrations that are not, or not wholly, in and could be.
  static let openStates: Set<MigrationState> = [.pending, .partial, .failed, .interrupted, .changed]

  /// The migrations that are still to be done or settled, in order.
  var open: [MigrationStatus] { statuses.filter { Self.openStates.contains($0.state) } }

  /// The tables, views and so on that are the project's own.
  func own(_ kind: ObjectKind) -> [SchemaObject] {
    snapshot.objects(of: kind).filter { !snapshot.isPlatform($0.identity) }
  }

  /// Where a migration's file is, from the last folder on.
  func fileName(of id: MigrationID) -> String {
    guard let file = project.migration(id)?.file else { return id.rawValue }
    return file.split(separator: "/").last.map(String.init) ?? file
  }

  /// The phase of a migration, if it is in one.
  func phase(of id: MigrationID) -> String? {
    project.phases.first { $0.migrations.contains(id) }?.name
  }
}
