/// What earlier files have made, for reading those that run after them.
public struct ScriptContext: Sendable {
  var known = KnownSchema()
  /// The path that each file begins with, and to which `RESET` returns.
  var searchPath = SearchPath()

  /// The context of a first file: an empty database.
  public init() {}

  /// The context of a first file where sessions look up unqualified names in these schemas, in order.
  public init(searchPath: [String]) { self.searchPath.schemas = searchPath.filter { $0 != "$user" } }

  init(known: KnownSchema, searchPath: SearchPath) {
    self.known = known
    self.searchPath = searchPath
  }
}
