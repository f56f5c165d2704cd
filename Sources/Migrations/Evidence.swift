import Schema
import Script

/// What a migration should have left in the database, looked up in the catalog.
public struct Evidence: Sendable, Hashable {
  /// The objects that prove the migration, each with its verdict, in the order of the file.
  public var items: [EvidenceItem]

  /// Collects items.
  public init(items: [EvidenceItem] = []) { self.items = items }

  /// How many objects prove it.
  public var expected: Int { items.count }
  /// How many of them are as they should be.
  public var found: Int { items.count { $0.verdict == .found } }
  /// What a migration that has run must have left: not what it would have made on something that is not there.
  public var ofWhatRan: Evidence {
    Evidence(items: items.filter { $0.verdict == .found || $0.absentHost == nil })
  }
  /// Whether nothing in the catalog can prove or disprove it.
  public var isInconclusive: Bool { items.isEmpty }
}

/// One object that proves a migration.
public struct EvidenceItem: Sendable, Hashable {
  /// The object.
  public var object: ObjectIdentity
  /// What the migration does to it; `drops` means that its absence is the proof.
  public var action: EffectAction
  /// Where the statement stands that does it.
  public var position: SourcePosition?
  /// What the catalog says.
  public var verdict: Verdict
  /// What is not there without which the migration does nothing to the object, and does not fail (`IF EXISTS`).
  public var absentHost: ObjectIdentity?

  /// Makes an item from its parts.
  public init(
    object: ObjectIdentity, action: EffectAction, position: SourcePosition? = nil, verdict: Verdict,
    absentHost: ObjectIdentity? = nil
  ) {
    self.object = object
    self.action = action
    self.position = position
    self.verdict = verdict
    self.absentHost = absentHost
  }

  /// What the catalog says of an object.
  public enum Verdict: Sendable, Hashable {
    /// It is as the migration leaves it.
    case found
    /// It is not there (or, for a drop, still there).
    case missing
    /// It is there, but different; the text says how.
    case differs(String)
  }
}
