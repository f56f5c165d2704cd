import Schema

/// What a run did to one object, as the history remembers it.
public struct ObjectChange: Sendable, Hashable {
  /// The object in words (`table public.agents`).
  public var object: String
  /// The object itself; nil where the history has kept only the words.
  public var identity: ObjectIdentity?
  /// What was done.
  public var kind: Kind
  /// Its definition before; nil if it was not there or the history has not kept it.
  public var before: String?
  /// Its definition afterwards; nil if it was not there any more or the history has not kept it.
  public var after: String?

  /// The things that can be done to an object.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It came.
    case added
    /// It became different.
    case changed
    /// It went.
    case removed
  }

  /// Makes a change from its parts.
  public init(
    object: String, identity: ObjectIdentity? = nil, kind: Kind, before: String? = nil, after: String? = nil
  ) {
    self.object = object
    self.identity = identity
    self.kind = kind
    self.before = before
    self.after = after
  }

  /// All that is different between two snapshots.
  public static func changes(in difference: SnapshotDifference) -> [ObjectChange] {
    difference.added.map {
      ObjectChange(
        object: $0.identity.description, identity: $0.identity, kind: .added, after: $0.definition)
    }
      + difference.changed.map {
        ObjectChange(
          object: $0.after.identity.description, identity: $0.after.identity, kind: .changed,
          before: $0.before.definition, after: $0.after.definition)
      }
      + difference.removed.map {
        ObjectChange(
          object: $0.identity.description, identity: $0.identity, kind: .removed, before: $0.definition)
      }
  }

  /// The changes with those of an object's parts behind the object itself.
  public static func sorted(_ changes: [ObjectChange]) -> [ObjectChange] {
    changes.sorted { left, right in
      switch (left.identity, right.identity) {
      case (let left?, let right?): left < right
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): left.object < right.object
      }
    }
  }
}
