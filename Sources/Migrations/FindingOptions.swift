/// What a project says about findings on access (`[findings]` in the project file).
public struct FindingOptions: Sendable, Hashable {
  /// Whether `verify` reports them without being asked (`verify`).
  public var isVerified: Bool
  /// Findings that the project lives with, each with its reason (`[findings.ignore]`): a code, or a code and an object
  /// (`"access.definer-view public.totals" = "shows sums only"`).
  public var ignored: [String: String]

  /// Makes options from their parts.
  public init(isVerified: Bool = false, ignored: [String: String] = [:]) {
    self.isVerified = isVerified
    self.ignored = ignored
  }
}
