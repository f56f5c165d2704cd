/// One part of an object's definition that can be compared with the same part of another definition.
public struct DefinitionPart: Sendable, Hashable {
  /// What a person calls it (`predicate`, `key 2`), the same for both sides.
  public var name: String
  /// What it is.
  public var value: Value

  /// Makes a part.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  /// What a part is; the case says how two of them are compared.
  public enum Value: Sendable, Hashable {
    /// A word or a list of names: equal or not.
    case word(String)
    /// The name of an object, which one side may qualify and the other not.
    case name(String)
    /// A type, in any spelling.
    case type(String)
    /// An expression over the columns of the object's table: only the server knows whether two are the same.
    case expression(String)
    /// A query: only the server knows whether two are the same.
    case query(String)

    /// The text behind the case.
    public var text: String {
      switch self {
      case .word(let text), .name(let text), .type(let text), .expression(let text), .query(let text): text
      }
    }
  }
}
