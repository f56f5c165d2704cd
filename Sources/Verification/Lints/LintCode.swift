/// The stable name of a lint (`lint.index-without-concurrently`), documented in docs/lints.md.
public struct LintCode: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name with its prefix, as findings and ignore comments write it.
  public let rawValue: String

  /// Takes a name with its prefix.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The name with its prefix.
  public var description: String { rawValue }

  /// Orders by name.
  public static func < (left: LintCode, right: LintCode) -> Bool { left.rawValue < right.rawValue }
}

extension LintCode: ExpressibleByStringLiteral {
  /// Takes a name with its prefix.
  public init(stringLiteral value: String) { self.init(rawValue: value) }
}
