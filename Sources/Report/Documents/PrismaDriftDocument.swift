import JSON
import Migrations
import Schema
import Verification

/// The answer of `signalbox drift --prisma PATH --json`.
public struct PrismaDriftDocument: Sendable {
  private let project: Project
  private let database: StatusDocument.Database
  private let schema: String
  private let report: PrismaDriftReport

  /// Makes the document of a report.
  ///
  /// - Parameter schema: the path of the Prisma schema.
  public init(
    project: Project, database: StatusDocument.Database, schema: String, report: PrismaDriftReport
  ) {
    self.project = project
    self.database = database
    self.schema = schema
    self.report = report
  }

  /// The document.
  public var json: JSONValue {
    [
      "project": .string(project.name), "schema": .string(schema),
      "database": [
        "name": .string(database.name), "host": .string(database.host), "version": .string(database.version),
      ],
      "summary": [
        "failures": .integer(count(.failure)), "warnings": .integer(count(.warning)),
        "models": .integer(Int64(report.counts.models)), "fields": .integer(Int64(report.counts.fields)),
        "keys_and_indexes": .integer(Int64(report.counts.indexes)),
        "relations": .integer(Int64(report.counts.relations)),
        "enums": .integer(Int64(report.counts.enumerations)),
      ],
      "drift": .array(
        report.drifts.map { drift in
          [
            "code": .string(drift.code), "severity": .string(drift.severity.rawValue),
            "object": .string(drift.object.description), "object_kind": .string(drift.object.kind.rawValue),
            "part": .optional(drift.part), "subject": .optional(drift.subject),
            "location": .optional(drift.location?.description), "prisma": .optional(drift.expected),
            "database": side(drift.database), "files": side(drift.files), "message": .string(drift.sentence),
          ]
        }),
      "not_in_prisma": .array(
        report.beyond.map { group in
          [
            "kind": .string(group.title), "count": .integer(Int64(group.objects.count)),
            "objects": .array(group.objects.map { .string($0.description) }),
            "drift": .array(
              group.drifts.map { drift in
                [
                  "code": .string(drift.code), "severity": .string(drift.severity.rawValue),
                  "object": .string(drift.object.description),
                  "location": .optional(drift.location?.description), "message": .string(drift.sentence),
                ]
              }),
          ]
        }),
      "host_models": .array(report.hostModels.map { .string($0) }),
      "files_omitted": .optional(report.filesOmission),
    ]
  }

  private func count(_ severity: Finding.Severity) -> Int64 {
    let beyond = report.beyond.flatMap(\.drifts).count { $0.severity == severity }
    return Int64(report.drifts.count { $0.severity == severity } + beyond)
  }

  private func side(_ side: PrismaDrift.Side) -> JSONValue {
    switch side {
    case .agrees: ["outcome": "agrees"]
    case .differs(let value): ["outcome": "differs", "value": .optional(value)]
    case .unknown(let reason): ["outcome": "unknown", "reason": .string(reason)]
    case .unasked: ["outcome": "unasked"]
    }
  }
}
