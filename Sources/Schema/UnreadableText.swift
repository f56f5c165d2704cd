/// A name or text of a database that is no UTF-8, which nobody can read who asks for UTF-8 (SQLSTATE 22021).
public struct UnreadableText: Sendable, Hashable {
  /// What it is (`the name of a table`, `the body of function`).
  public var what: String
  /// What has it, with `\351` for each byte that is no ASCII.
  public var name: String

  /// Makes one from its parts.
  public init(what: String, name: String) {
    self.what = what
    self.name = name
  }
}
