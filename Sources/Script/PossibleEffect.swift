import Schema

/// What a statement may do to objects whose names it makes only when it runs (`EXECUTE 'DROP TABLE ' || name`).
public struct PossibleEffect: Sendable, Hashable {
  /// What may be done, with ``unknownName`` or ``unknownText`` for the parts of names that are not known before.
  public var effect: Effect
  /// How many of the statement's certain effects come before it.
  public var place: Int

  /// Stands for a whole name, or a part of one, that is not known before it runs.
  public static let unknownName: Character = "\u{E000}"
  /// Stands for a text that is not known before it runs: a name with or without its schema, or several of them.
  public static let unknownText: Character = "\u{E001}"

  /// Makes a possible effect from its parts.
  public init(_ effect: Effect, place: Int = 0) {
    self.effect = effect
    self.place = place
  }

  /// Whether the object that it is about may be this one.
  public func mayConcern(_ object: ObjectIdentity) -> Bool {
    let pattern = effect.object
    guard Self.mayBeSame(pattern.kind, object.kind) else { return false }
    let isAnySchema = (pattern.parent ?? pattern.name).first == Self.unknownText
    return (isAnySchema || Self.matches(pattern.schema, object.schema))
      && (isOfWhoeverRunsIt || Self.matches(pattern.parent, object.parent))
      && Self.matches(pattern.name, object.name)
      && (pattern.signature == nil || Self.matches(pattern.signature, object.signature))
  }

  /// Whether the default privileges are those of the role that runs the statement.
  private var isOfWhoeverRunsIt: Bool {
    let roles: Set<String> = ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"]
    return effect.object.kind == .defaultPrivilege && roles.contains(effect.object.parent?.uppercased() ?? "")
  }

  private static func mayBeSame(_ left: ObjectKind, _ right: ObjectKind) -> Bool {
    left == right || families.contains { $0.contains(left) && $0.contains(right) }
  }

  /// The kinds that statements may take one for another.
  private static let families: [Set<ObjectKind>] = [
    [.table, .foreignTable, .view, .materializedView], [.function, .procedure, .aggregate],
  ]

  private static func matches(_ pattern: String?, _ text: String?) -> Bool {
    guard let pattern, let text else { return pattern == text }
    return matches(pattern[...], text[...])
  }

  private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    guard isUnknown(first) else { return text.first == first && matches(rest, text.dropFirst()) }
    return matches(rest, "") && rest.isEmpty || text.indices.contains { matches(rest, text[$0...]) }
  }

  /// Whether a character stands for what is not known.
  static func isUnknown(_ character: Character) -> Bool {
    character == unknownName || character == unknownText
  }

  /// Whether no part of an object's names is unknown.
  static func isKnown(_ object: ObjectIdentity) -> Bool {
    ![object.schema, object.parent, object.name, object.signature].contains {
      $0?.contains(where: isUnknown) ?? false
    }
  }
}
