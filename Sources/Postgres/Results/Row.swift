/// One row of a result.
///
/// The subscripts give the text of a value and nil for NULL. The functions give typed values and throw a
/// ``PostgresError`` with code ``PostgresError/Code/unexpectedValue`` when the column is not there, is NULL, or does not
/// hold such a value. Where two columns have one name, the name means the first.
public struct Row: Sendable {
  let storage: RowStorage
  let index: Int

  /// The columns of the row.
  public var columns: [ColumnDescription] { storage.columns.descriptions }

  /// How many columns the row has.
  public var count: Int { columns.count }

  /// The text of a column, or nil when it is NULL or there is no column of that name.
  public subscript(_ name: String) -> String? { storage.columns.index(of: name).flatMap { self[$0] } }

  /// The text of the column at a position from 0, or nil when it is NULL or there is no such column.
  public subscript(_ column: Int) -> String? { slice(column).map { String(decoding: $0, as: UTF8.self) } }

  /// The whole number in the column at a position from 0, or nil when it is NULL, no whole number, or there is no such
  /// column.
  public func int(at column: Int) -> Int? {
    guard let digits = slice(column) else { return nil }
    let isNegative = digits.first == UInt8(ascii: "-")
    let magnitude = isNegative ? digits.dropFirst() : digits
    guard !magnitude.isEmpty else { return nil }
    var number = 0
    for digit in magnitude {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      let shifted = number.multipliedReportingOverflow(by: 10)
      let value = Int(digit - UInt8(ascii: "0"))
      let next =
        isNegative
        ? shifted.partialValue.subtractingReportingOverflow(value)
        : shifted.partialValue.addingReportingOverflow(value)
      guard !shifted.overflow, !next.overflow else { return nil }
      number = next.partialValue
    }
    return number
  }

  /// The bytes of a value as the server sent them, or nil when it is NULL or there is no such column.
  public func bytes(_ column: Int) -> [UInt8]? {
    slice(column).map(Array.init)
  }

  private func slice(_ column: Int) -> ArraySlice<UInt8>? {
    guard columns.indices.contains(column) else { return nil }
    return storage.bytes(row: index, column: column)
  }

  /// Whether a column is NULL.
  public func isNull(_ name: String) throws(PostgresError) -> Bool { try optionalText(name) == nil }

  /// The text of a column.
  public func text(_ name: String) throws(PostgresError) -> String { try required(name, optionalText(name)) }

  /// The text of a column, or nil when it is NULL.
  public func optionalText(_ name: String) throws(PostgresError) -> String? {
    guard let column = storage.columns.index(of: name) else {
      let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw PostgresError(.unexpectedValue, "the result has no column \"\(name)\"; it has \(names)")
    }
    return self[column]
  }

  /// The whole number in a column.
  public func int(_ name: String) throws(PostgresError) -> Int { try required(name, optionalInt(name)) }

  /// The whole number in a column, or nil when it is NULL.
  public func optionalInt(_ name: String) throws(PostgresError) -> Int? {
    try converted(name, "a whole number") { Int($0) }
  }

  /// The floating-point number in a column.
  public func double(_ name: String) throws(PostgresError) -> Double {
    try required(name, optionalDouble(name))
  }

  /// The floating-point number in a column, or nil when it is NULL.
  public func optionalDouble(_ name: String) throws(PostgresError) -> Double? {
    try converted(name, "a number") { Double($0) }
  }

  /// The truth value in a column.
  public func bool(_ name: String) throws(PostgresError) -> Bool { try required(name, optionalBool(name)) }

  /// The truth value in a column, or nil when it is NULL.
  public func optionalBool(_ name: String) throws(PostgresError) -> Bool? {
    try converted(name, "a truth value") { text -> Bool? in
      switch text {
      case "t", "true": true
      case "f", "false": false
      default: nil
      }
    }
  }

  /// The one-dimensional array in a column, with nil for NULL elements.
  public func array(_ name: String) throws(PostgresError) -> [String?] {
    try required(name, optionalArray(name))
  }

  /// The one-dimensional array in a column, or nil when the column is NULL.
  public func optionalArray(_ name: String) throws(PostgresError) -> [String?]? {
    try converted(name, "a one-dimensional array") { ArrayLiteral.read($0) }
  }

  private func required<Value>(_ name: String, _ value: Value?) throws(PostgresError) -> Value {
    guard let value else {
      throw PostgresError(.unexpectedValue, "column \"\(name)\" is NULL where a value was expected")
    }
    return value
  }

  private func converted<Value>(
    _ name: String, _ kind: String, _ convert: (String) -> Value?
  ) throws(PostgresError) -> Value? {
    guard let text = try optionalText(name) else { return nil }
    guard let value = convert(text) else {
      throw PostgresError(.unexpectedValue, "column \"\(name)\" holds \"\(text)\", which is not \(kind)")
    }
    return value
  }
}
