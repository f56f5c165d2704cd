import Migrations
import Schema

/// A statement whose effects cannot all be known without running it.
public struct OpaqueStatement: Sendable, Hashable {
  /// Where it stands.
  public var location: FileLocation
  /// Why it cannot be followed.
  public var reason: String
  /// The objects that no migration names, and that it may have made.
  public var possibleWork: [ObjectIdentity]

  /// Makes a description of a statement from its parts.
  public init(location: FileLocation, reason: String, possibleWork: [ObjectIdentity] = []) {
    self.location = location
    self.reason = reason
    self.possibleWork = possibleWork
  }
}
