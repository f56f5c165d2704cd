/// A setting of the session that a statement changes (PostgreSQL documentation, SET; `set_config`).
public struct SessionSetting: Sendable, Hashable {
  /// What it is changed to.
  public enum Value: Sendable, Hashable {
    /// This, as the file writes it; the elements of a list with commas between.
    case text(String)
    /// What the session began with.
    case initial
    /// What shows only when the statement runs.
    case unknown
  }

  /// Its name in lower case; `all` where `RESET ALL` is meant.
  public var name: String
  /// What it is changed to.
  public var value: Value

  /// Makes a setting from its parts.
  public init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  /// The schemas that a `search_path` names, in order, as the server writes it (`"$user", public`).
  ///
  /// The schema of the user's own name is left out: it is seldom there.
  public static func schemas(ofSearchPath setting: String) -> [String] {
    SearchPath(setting: [setting]).schemas
  }
}
