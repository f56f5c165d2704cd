import JSON
import Migrations
import Schema
import Verification

/// The answer of `signalbox verify --json` (DESIGN: commands).
public struct VerificationDocument: Sendable {
  private let findings: [Finding]

  /// Makes the document of these findings.
  public init(findings: [Finding]) { self.findings = findings }

  /// How many findings have this severity.
  public func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

  /// The document.
  public var json: JSONValue {
    [
      "summary": [
        "passed": .integer(Int64(count(.pass))), "failed": .integer(Int64(count(.failure))),
        "warnings": .integer(Int64(count(.warning))),
      ],
      "findings": .array(
        findings.map { finding in
          [
            "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
            "migration": .optional(finding.migration?.rawValue),
            "object": .optional(finding.object?.description), "message": .string(finding.message),
          ]
        }),
    ]
  }
}
