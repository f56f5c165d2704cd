import JSON
import Migrations
import Schema
import Script
import Verification

/// The answer of `signalbox lint --json`.
public struct LintDocument: Sendable {
  private let findings: [Finding]

  /// Makes the document of these findings.
  public init(findings: [Finding]) { self.findings = findings }

  /// The document.
  public var json: JSONValue {
    let failed = findings.count { $0.severity == .failure }
    let warnings = findings.count { $0.severity == .warning }
    return [
      "summary": ["failed": .integer(Int64(failed)), "warnings": .integer(Int64(warnings))],
      "findings": .array(
        findings.map { finding in
          [
            "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
            "migration": .optional(finding.migration?.rawValue), "file": .optional(finding.location?.file),
            "line": .optional(finding.location?.position?.line),
            "column": .optional(finding.location?.position?.column),
            "object": .optional(finding.object?.description), "message": .string(finding.message),
            "advice": .optional(finding.advice),
          ]
        }),
    ]
  }
}
