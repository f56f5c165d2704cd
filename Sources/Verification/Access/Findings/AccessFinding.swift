public import Schema

/// Something about access, or about what policies cost, that a person should look at.
public struct AccessFinding: Sendable, Hashable {
  /// What it is.
  public var code: AccessFindingCode
  /// How bad it is.
  public var level: Level
  /// The object that it is about.
  public var object: ObjectIdentity
  /// What and why, in a sentence or two.
  public var message: String
  /// What settles it.
  public var fix: AccessFix

  /// Makes a finding from its parts.
  public init(
    _ code: AccessFindingCode, _ level: Level, _ object: ObjectIdentity, _ message: String, fix: AccessFix
  ) {
    self.code = code
    self.level = level
    self.object = object
    self.message = message
    self.fix = fix
  }

  /// How bad a finding is.
  public enum Level: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Worth knowing; it may be meant.
    case notice
    /// Probably not meant, or slow.
    case warning
    /// Somebody reaches what they should not, or nobody reaches what they should.
    case failure

    /// Orders by badness.
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .notice: 0
      case .warning: 1
      case .failure: 2
      }
    }
  }
}

/// What settles a finding, as SQL.
public struct AccessFix: Sendable, Hashable {
  /// The statements, each with its semicolon.
  public var statements: [String]
  /// What a person must decide before they are run; nil if there is nothing to decide.
  public var decision: String?

  /// Statements that settle a finding.
  public init(_ statements: String..., decision: String? = nil) {
    self.statements = statements
    self.decision = decision
  }

  /// Statements that settle a finding.
  public init(_ statements: [String], decision: String? = nil) {
    self.statements = statements
    self.decision = decision
  }
}
