/// The value of one `$n` of a statement.
public enum Parameter: Sendable, Hashable {
  /// NULL.
  case null
  /// A value in PostgreSQL's text form; its type is what the statement infers for the place.
  case text(String)
  /// A value in PostgreSQL's binary form, with the OID of its type, or nil to have it inferred.
  case binary([UInt8], type: UInt32?)

  /// A whole number, in text form.
  public static func integer(_ value: some BinaryInteger) -> Parameter { .text(String(value)) }

  /// A floating-point number, in the shortest text form that reads back as the same number.
  public static func double(_ value: Double) -> Parameter {
    if value.isNaN { return .text("NaN") }
    if value.isInfinite { return .text(value < 0 ? "-Infinity" : "Infinity") }
    return .text("\(value)")
  }

  /// A truth value.
  public static func boolean(_ value: Bool) -> Parameter { .text(value ? "true" : "false") }

  /// Bytes for a `bytea`.
  public static func bytes(_ value: [UInt8]) -> Parameter { .binary(value, type: 17) }

  /// A one-dimensional array as an array literal, with nil for NULL.
  public static func array(_ elements: [String?]) -> Parameter { .text(ArrayLiteral.write(elements)) }

  /// A text, or NULL for nil.
  public static func optional(_ value: String?) -> Parameter { value.map(Parameter.text) ?? .null }
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
  /// Creates a text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// Creates a whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// Creates a truth value.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Creates NULL.
  public init(nilLiteral: ()) { self = .null }
  /// Creates an array of texts.
  public init(arrayLiteral elements: String...) { self = .array(elements) }
}
