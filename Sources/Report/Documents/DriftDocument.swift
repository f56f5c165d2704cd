import JSON
import Migrations
import Schema
import Verification

/// The answer of `signalbox drift --json`.
public struct DriftDocument: Sendable {
  private let project: Project
  private let database: StatusDocument.Database
  private let report: DriftReport

  /// Makes the document of a report.
  public init(project: Project, database: StatusDocument.Database, report: DriftReport) {
    self.project = project
    self.database = database
    self.report = report
  }

  /// How many disagreements of each kind there are, and how many objects were compared.
  static func summary(of report: DriftReport) -> JSONValue {
    let counts = Drift.Kind.allCases.map { kind in
      JSONValue.Member(kind.rawValue, .integer(Int64(report.drifts(kind).count)))
    }
    return .object(counts + [JSONValue.Member("compared", .integer(Int64(report.compared)))])
  }

  /// The document.
  public var json: JSONValue {
    [
      "project": .string(project.name),
      "database": [
        "name": .string(database.name), "host": .string(database.host), "version": .string(database.version),
      ],
      "summary": Self.summary(of: report),
      "drift": .array(
        report.drifts.map { drift in
          [
            "code": .string(drift.code), "kind": .string(drift.kind.rawValue),
            "severity": .string(drift.severity.rawValue), "object": .string(drift.object.description),
            "object_kind": .string(drift.object.kind.rawValue), "part": .optional(drift.part),
            "files": .optional(drift.expected), "catalog": .optional(drift.actual),
            "reason": .optional(drift.reason), "migration": .optional(drift.migration?.rawValue),
            "location": .optional(drift.location?.description), "message": .string(drift.sentence),
            "sql": .optional(drift.restoration),
          ]
        }),
      "opaque_statements": .array(
        report.opaqueStatements.map { statement in
          [
            "location": .string(statement.location.description), "reason": .string(statement.reason),
            "may_have_made": .array(statement.possibleWork.map { .string($0.description) }),
          ]
        }),
      "unmanaged_omitted": .optional(report.unmanagedOmission),
    ]
  }
}
