public import JSON
import Schema
public import Verification

/// The answer of `signalbox inspect access --findings --json`.
public struct AccessFindingsDocument: Sendable {
  private let database: String
  private let exposedSchemas: [String]
  private let findings: ProjectFindings

  /// Makes the document of what was found in a database.
  public init(database: String, exposedSchemas: [String], findings: ProjectFindings) {
    self.database = database
    self.exposedSchemas = exposedSchemas
    self.findings = findings
  }

  /// The document.
  public var json: JSONValue {
    func count(_ level: AccessFinding.Level) -> JSONValue {
      .integer(Int64(findings.findings.count { $0.level == level }))
    }
    return [
      "database": .string(database), "exposed_schemas": .array(exposedSchemas.map { .string($0) }),
      "summary": [
        "failures": count(.failure), "warnings": count(.warning), "notices": count(.notice),
        "ignored": .integer(Int64(findings.ignoredCount)),
      ],
      "findings": .array(
        findings.findings.map { finding in
          [
            "code": .string(finding.code.rawValue), "level": .string(finding.level.rawValue),
            "object": .string(finding.object.description), "message": .string(finding.message),
            "fix": .array(finding.fix.statements.map { .string($0) }),
            "decision": .optional(finding.fix.decision),
          ]
        }),
      "unused_ignores": .array(findings.unusedEntries.map { .string($0) }),
    ]
  }
}
