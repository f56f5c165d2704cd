/// That one object cannot be without another, as the server's catalog has it.
public struct Dependency: Sendable, Hashable {
  /// What becomes of an object when what it needs is dropped.
  public enum Bond: Sendable, Hashable {
    /// It goes too, even without `CASCADE`: an index with its table.
    case part
    /// It goes with `CASCADE`, and without it keeps the other from going: a view with a table that it reads.
    case need
    /// With `CASCADE` it loses its default and stays: a column whose default calls a function.
    case expression
  }

  /// The object that needs the other one.
  public var object: ObjectIdentity
  /// What it needs.
  public var needs: ObjectIdentity
  /// How it needs it.
  public var bond: Bond

  /// Makes a dependency from its parts.
  public init(_ object: ObjectIdentity, needs: ObjectIdentity, bond: Bond) {
    self.object = object
    self.needs = needs
    self.bond = bond
  }
}
