/// What earlier files have made, for reading those that run after them.
public struct ScriptContext: Sendable {
  var known = KnownSchema()

  /// The context of a first file: an empty database.
  public init() {}

  init(known: KnownSchema) { self.known = known }
}
