/// What the catalog says of a function, procedure or aggregate.
public struct FunctionDetail: Sendable, Hashable {
  /// Its result as `pg_get_function_result` writes it.
  public var result: String?
  /// Its language.
  public var language: String
  /// Whether it runs with its owner's rights.
  public var isSecurityDefiner: Bool
  /// Settings fixed for its calls (`search_path=public`).
  public var settings: [String]
  /// `i` immutable, `s` stable, `v` volatile.
  public var volatility: String

  /// Makes the detail from its parts.
  public init(
    result: String? = nil, language: String, isSecurityDefiner: Bool = false, settings: [String] = [],
    volatility: String = "v"
  ) {
    self.result = result
    self.language = language
    self.isSecurityDefiner = isSecurityDefiner
    self.settings = settings
    self.volatility = volatility
  }
}
