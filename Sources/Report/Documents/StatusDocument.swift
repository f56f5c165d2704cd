import JSON
import Migrations
import Schema
import Script
public import Verification

/// The answer of `signalbox status --json` (DESIGN: commands).
public struct StatusDocument: Sendable {
  /// Where the statuses were read.
  public struct Database: Sendable, Hashable {
    /// The database's name.
    public var name: String
    /// The host or the socket's directory.
    public var host: String
    /// The server's version (`17.6`).
    public var version: String

    /// Makes a description from its parts.
    public init(name: String, host: String, version: String) {
      self.name = name
      self.host = host
      self.version = version
    }
  }

  private let project: Project
  private let graph: RequirementGraph
  private let database: Database
  private let statuses: [MigrationStatus]
  private let drift: DriftReport?
  private let problems: [ProjectProblem]

  /// Makes the document from its facts; the problems are what keeps migrations from running on this server.
  ///
  /// - Parameter drift: in what the live schema disagrees with the files; nil if nobody looked.
  public init(
    project: Project, graph: RequirementGraph, database: Database, statuses: [MigrationStatus],
    drift: DriftReport?, problems: [ProjectProblem] = []
  ) {
    self.project = project
    self.graph = graph
    self.database = database
    self.statuses = statuses
    self.drift = drift
    self.problems = problems
  }

  /// How many migrations are in each state, in the order of the states; states without any are left out.
  public static func summary(of statuses: [MigrationStatus]) -> [(state: MigrationState, count: Int)] {
    var counts: [MigrationState: Int] = [:]
    for place in statuses.indices { counts[statuses[place].state, default: 0] += 1 }
    return MigrationState.allCases.compactMap { state in counts[state].map { (state, $0) } }
  }

  /// The document.
  public var json: JSONValue {
    let phaseNames = Dictionary(
      project.phases.flatMap { phase in phase.migrations.map { ($0, phase.name) } },
      uniquingKeysWith: { first, _ in first })
    let migrations = Dictionary(
      project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return [
      "project": .string(project.name),
      "database": [
        "name": .string(database.name), "host": .string(database.host), "version": .string(database.version),
      ],
      "summary": .object(
        Self.summary(of: statuses).map { .init($0.state.rawValue, .integer(Int64($0.count))) }),
      "phases": .array(
        project.phases.map { phase in
          [
            "name": .string(phase.name),
            "migrations": .array(phase.migrations.map { .string($0.rawValue) }),
          ]
        }),
      "migrations": .array(
        statuses.map { status in
          json(of: status, migration: migrations[status.id], phase: phaseNames[status.id])
        }),
      "drift": drift.map(DriftDocument.summary) ?? nil,
      "problems": .array(problems.map(Self.json)),
      "warnings": .array(project.warnings.map(Self.json)),
    ]
  }

  private static func json(of warning: ProjectProblem) -> JSONValue {
    [
      "code": .string(warning.code),
      "message": .string(warning.message),
      "file": .optional(warning.location?.file),
      "line": .optional(warning.location?.position?.line),
      "column": .optional(warning.location?.position?.column),
      "advice": .optional(warning.advice),
    ]
  }

  private func json(of status: MigrationStatus, migration: Migration?, phase: String?) -> JSONValue {
    [
      "id": .string(status.id.rawValue),
      "version": .optional(migration?.version),
      "name": .optional(migration?.name),
      "file": .optional(migration?.file),
      "phase": .optional(phase),
      "state": .string(status.state.rawValue),
      "evidence": status.evidence.map {
        ["found": .integer(Int64($0.found)), "expected": .integer(Int64($0.expected))]
      } ?? nil,
      "requires": .array(graph.requirements(of: status.id).map { .string($0.to.rawValue) }),
      "applied_at": .optional(status.history?.appliedAt.map(Timestamp.text)),
      "duration_ms": .optional(status.history?.durationMilliseconds),
      "note": .optional(status.note),
    ]
  }
}
