import Migrations
import Schema

/// One thing in which the live schema disagrees with what the migrations left.
public struct Drift: Sendable, Hashable {
  /// The ways in which an object can disagree.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It is there, and not as the files say.
    case changed
    /// It is not there, and the files say that it is.
    case missing
    /// It is there, and the files say that it was dropped.
    case undropped
    /// It is there, and no migration made it.
    case unmanaged
    /// It is there, and an archived migration, or a baseline that is superseded, made it: nothing that runs does.
    case archived
    /// Whether it is as the files say cannot be told.
    case unknown
  }

  /// How it disagrees.
  public var kind: Kind
  /// The object.
  public var object: ObjectIdentity
  /// The part of its definition that disagrees (`predicate`); nil for the object as a whole.
  public var part: String?
  /// What the files say of the part; nil if they say nothing.
  public var expected: String?
  /// What the database says of the part; nil if it says nothing.
  public var actual: String?
  /// Why it cannot be told, for ``Kind/unknown``.
  public var reason: String?
  /// The migration that says last what it should be.
  public var migration: MigrationID?
  /// Where it says so.
  public var location: FileLocation?
  /// SQL that makes the database what the files say, where there is some.
  public var restoration: String?

  /// Makes a drift from its parts.
  public init(
    kind: Kind, object: ObjectIdentity, part: String? = nil, expected: String? = nil, actual: String? = nil,
    reason: String? = nil, migration: MigrationID? = nil, location: FileLocation? = nil,
    restoration: String? = nil
  ) {
    self.kind = kind
    self.object = object
    self.part = part
    self.expected = expected
    self.actual = actual
    self.reason = reason
    self.migration = migration
    self.location = location
    self.restoration = restoration
  }
}

/// Everything in which the live schema disagrees with what the migrations left.
public struct DriftReport: Sendable, Hashable {
  /// The disagreements: changed, missing, undropped, unmanaged, archived, unknown; each kind in the order of objects.
  public var drifts: [Drift]
  /// How many objects were compared.
  public var compared: Int
  /// The statements whose effects cannot be followed, with what may be their work.
  public var opaqueStatements: [OpaqueStatement]
  /// Why nothing counts as unmanaged, if it does not.
  public var unmanagedOmission: String?

  /// Makes a report from its parts.
  public init(
    drifts: [Drift], compared: Int, opaqueStatements: [OpaqueStatement] = [], unmanagedOmission: String? = nil
  ) {
    self.drifts = drifts
    self.compared = compared
    self.opaqueStatements = opaqueStatements
    self.unmanagedOmission = unmanagedOmission
  }

  /// The disagreements of one kind.
  public func drifts(_ kind: Drift.Kind) -> [Drift] { drifts.filter { $0.kind == kind } }
}
