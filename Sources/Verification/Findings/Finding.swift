import Migrations
import Schema

/// What a check found.
public struct Finding: Sendable, Hashable {
  /// A stable code, documented in docs/findings.md (`evidence.missing`, `expectation.column-type`).
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// The migration that it concerns, if it concerns one.
  public var migration: MigrationID?
  /// The object that it concerns, if it concerns one.
  public var object: ObjectIdentity?
  /// What was found, in one sentence.
  public var message: String
  /// Where the cause stands in the files, if it does.
  public var location: FileLocation?
  /// What the operator can do about it, if there is something: a sentence, or the SQL to write instead.
  public var advice: String?

  /// Makes a finding from its parts.
  public init(
    code: String, severity: Severity, migration: MigrationID? = nil, object: ObjectIdentity? = nil,
    message: String, location: FileLocation? = nil, advice: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.migration = migration
    self.object = object
    self.message = message
    self.location = location
    self.advice = advice
  }

  /// How bad a finding is.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case pass
    case warning
    case failure

    /// Orders by badness.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .pass: 0
      case .warning: 1
      case .failure: 2
      }
    }
  }
}
