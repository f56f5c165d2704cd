/// Reading values of an expected type: nil where the key is absent, an error at the value where the type is wrong.
extension TOMLTable {
  /// The text under a key.
  public func string(_ key: String) throws(TOMLError) -> String? {
    guard let value = self[key] else { return nil }
    guard case .string(let text) = value.kind else { throw Self.mismatch(key, value, wanted: "a string") }
    return text
  }

  /// The text under a key, with its place.
  public func text(_ key: String) throws(TOMLError) -> TOMLText? {
    guard let text = try string(key), let value = self[key] else { return nil }
    return TOMLText(text: text, position: value.position)
  }

  /// The integer under a key.
  public func integer(_ key: String) throws(TOMLError) -> Int? {
    guard let value = self[key] else { return nil }
    guard case .integer(let number) = value.kind, let exact = Int(exactly: number) else {
      throw Self.mismatch(key, value, wanted: "an integer")
    }
    return exact
  }

  /// The number under a key, written as a float or an integer.
  public func number(_ key: String) throws(TOMLError) -> Double? {
    guard let value = self[key] else { return nil }
    switch value.kind {
    case .float(let number): return number
    case .integer(let number): return Double(number)
    default: throw Self.mismatch(key, value, wanted: "a number")
    }
  }

  /// The boolean under a key.
  public func boolean(_ key: String) throws(TOMLError) -> Bool? {
    guard let value = self[key] else { return nil }
    guard case .boolean(let flag) = value.kind else {
      throw Self.mismatch(key, value, wanted: "`true` or `false`")
    }
    return flag
  }

  /// The table under a key.
  public func table(_ key: String) throws(TOMLError) -> TOMLTable? {
    guard let value = self[key] else { return nil }
    guard case .table(let table) = value.kind else { throw Self.mismatch(key, value, wanted: "a table") }
    return table
  }

  /// The values of the array under a key.
  public func array(_ key: String) throws(TOMLError) -> [TOMLValue]? {
    guard let value = self[key] else { return nil }
    guard case .array(let values) = value.kind else { throw Self.mismatch(key, value, wanted: "an array") }
    return values
  }

  /// The texts of the array under a key, each with its place.
  public func strings(_ key: String) throws(TOMLError) -> [TOMLText]? {
    guard let values = try array(key) else { return nil }
    var texts: [TOMLText] = []
    for value in values {
      guard case .string(let text) = value.kind else {
        throw TOMLError(
          "`\(key)` must be an array of strings, but this is \(value.kindDescription)", at: value.position)
      }
      texts.append(TOMLText(text: text, position: value.position))
    }
    return texts
  }

  /// The tables of the array under a key (`[[key]]`).
  public func tables(_ key: String) throws(TOMLError) -> [TOMLTable]? {
    guard let value = self[key] else { return nil }
    if case .table(let table) = value.kind {
      throw TOMLError("`\(key)` must be written in double brackets: `[[\(key)]]`", at: table.position)
    }
    guard let values = try array(key) else { return nil }
    var tables: [TOMLTable] = []
    for value in values {
      guard case .table(let table) = value.kind else {
        throw TOMLError(
          "`\(key)` must be an array of tables, but this is \(value.kindDescription)", at: value.position)
      }
      tables.append(table)
    }
    return tables
  }

  /// The complaints about keys that nobody knows, each with the known key that was probably meant.
  public func unknownKeys(known: some Sequence<String>) -> [TOMLError] {
    let names = Array(known)
    return entries.compactMap { entry in
      let key = entry.key.name
      guard !names.contains(key) else { return nil }
      let free = names.filter { self[$0] == nil }
      return TOMLError(
        "unknown key `\(key)`", at: entry.key.position,
        suggestion: NearestName.nearest(to: key, among: free) ?? NearestName.nearest(to: key, among: names))
    }
  }

  private static func mismatch(_ key: String, _ value: TOMLValue, wanted: String) -> TOMLError {
    TOMLError("`\(key)` must be \(wanted), but is \(value.kindDescription)", at: value.position)
  }
}

/// A text with its place.
public struct TOMLText: Sendable, Hashable {
  /// The text.
  public var text: String
  /// Where it begins.
  public var position: TOMLPosition

  /// Makes a text from its parts.
  public init(text: String, position: TOMLPosition) {
    self.text = text
    self.position = position
  }
}
