/// How many checks came out how.
public struct FindingSummary: Sendable, Hashable, Codable {
  /// The checks that found what they should.
  public var passed: Int
  /// The failures.
  public var failed: Int
  /// The warnings.
  public var warnings: Int

  /// Counts findings.
  public init(_ findings: some Sequence<Finding>) {
    passed = 0
    failed = 0
    warnings = 0
    for finding in findings {
      switch finding.severity {
      case .pass: passed += 1
      case .warning: warnings += 1
      case .failure: failed += 1
      }
    }
  }
}
