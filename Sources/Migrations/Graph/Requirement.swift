import Schema
import Script

/// An edge of the graph: one migration needs another.
public struct Requirement: Sendable, Hashable {
  /// The migration that needs.
  public var from: MigrationID
  /// The migration that is needed.
  public var to: MigrationID
  /// Why.
  public var reasons: [Reason]

  /// Makes a requirement from its parts.
  public init(from: MigrationID, to: MigrationID, reasons: [Reason]) {
    self.from = from
    self.to = to
    self.reasons = reasons
  }

  /// Why a migration needs another.
  public enum Reason: Sendable, Hashable {
    /// Somebody wrote it down.
    case declared(FileLocation)
    /// It uses, alters or drops an object that the other creates.
    case uses(ObjectIdentity, at: SourcePosition)
  }

  /// Whether somebody wrote it down.
  public var isDeclared: Bool {
    reasons.contains { if case .declared = $0 { true } else { false } }
  }
}
