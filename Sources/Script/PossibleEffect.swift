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

  /// Stands for the definition of an object that may be replaced by any other.
  public static let redefinition = "AS \(unknownText)"

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
  var isOfWhoeverRunsIt: Bool {
    let roles: Set<String> = ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"]
    return effect.object.kind == .defaultPrivilege && roles.contains(effect.object.parent?.uppercased() ?? "")
  }

  private static func mayBeSame(_ left: ObjectKind, _ right: ObjectKind) -> Bool {
    left == right || family(left) == family(right)
  }

  /// One of the kinds that statements may take for one another.
  static func family(_ kind: ObjectKind) -> ObjectKind {
    switch kind {
    case .table, .foreignTable, .view, .materializedView: .table
    case .function, .procedure, .aggregate: .function
    default: kind
    }
  }

  private static func matches(_ pattern: String?, _ text: String?) -> Bool {
    guard let pattern, let text else { return pattern == text }
    return matches(Array(pattern.utf8), Array(text.utf8))
  }

  /// Whether a text is a pattern with the marks in it filled; where a piece does not fit, the last mark takes one byte more.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (place, offset) = (0, 0)
    var lastMark: (place: Int, offset: Int)?
    while offset < text.count {
      if isMark(pattern, at: place) {
        place += markLength
        lastMark = (place, offset)
      } else if place < pattern.count, pattern[place] == text[offset] {
        place += 1
        offset += 1
      } else if let mark = lastMark {
        lastMark = (mark.place, mark.offset + 1)
        (place, offset) = (mark.place, mark.offset + 1)
      } else {
        return false
      }
    }
    while isMark(pattern, at: place) { place += markLength }
    return place == pattern.count
  }

  /// The bytes of ``unknownName`` and ``unknownText``, which differ in the last one.
  private static let markLength = 3

  private static func isMark(_ pattern: [UInt8], at place: Int) -> Bool {
    place + markLength <= pattern.count && pattern[place] == 0xEE && pattern[place + 1] == 0x80
      && (pattern[place + 2] == 0x80 || pattern[place + 2] == 0x81)
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
