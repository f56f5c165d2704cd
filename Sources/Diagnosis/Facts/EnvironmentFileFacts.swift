/// A file of variables beside the project (`.env`, `.env.local`).
public struct EnvironmentFileFacts: Sendable, Hashable {
  /// Its path.
  public var path: String
  /// Whether git keeps it; nil where there is no git, or no repository.
  public var isTracked: Bool?
  /// The names of the variables that look as if they held a secret.
  public var secretNames: [String]
  /// A variable that the environment sets to something else, which counts.
  public var overridden: [String]
  /// Why it cannot be read.
  public var error: String?

  /// Makes facts from their parts.
  public init(
    path: String, isTracked: Bool? = nil, secretNames: [String] = [], overridden: [String] = [],
    error: String? = nil
  ) {
    self.path = path
    self.isTracked = isTracked
    self.secretNames = secretNames
    self.overridden = overridden
    self.error = error
  }
}
