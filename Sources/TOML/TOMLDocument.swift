/// A TOML 1.0 text, read, with the place of every key and value (https://toml.io/en/v1.0.0).
public struct TOMLDocument: Sendable, Hashable {
  /// The top-level table.
  public var root: TOMLTable

  /// Reads a text.
  ///
  /// - Throws: the first violation of the specification, with its line and column.
  public init(parsing text: String) throws(TOMLError) {
    var parser = TOMLParser(text)
    root = try parser.document()
  }
}

/// A table: keys with their values, in the order of the text.
public struct TOMLTable: Sendable, Hashable {
  /// The keys with their values, in the order in which they first appear.
  public let entries: [TOMLEntry]
  /// Where the table begins: its header's name, its brace, or the first key that implies it.
  public let position: TOMLPosition
  private let places: [String: Int]

  /// Makes a table of entries with different keys; of two with one key the first is found.
  public init(entries: [TOMLEntry], position: TOMLPosition) {
    self.entries = entries
    self.position = position
    places = Dictionary(
      entries.enumerated().map { ($1.key.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The value of a key, if it has one.
  public subscript(key: String) -> TOMLValue? { places[key].map { entries[$0].value } }

  /// The entry of a key, with the key's own place, if there is one.
  public func entry(_ key: String) -> TOMLEntry? { places[key].map { entries[$0] } }

  /// The names of the keys, in order.
  public var keys: [String] { entries.map(\.key.name) }
}

/// A key with its value.
public struct TOMLEntry: Sendable, Hashable {
  /// The key.
  public var key: TOMLKey
  /// Its value.
  public var value: TOMLValue

  /// Makes an entry from its parts.
  public init(key: TOMLKey, value: TOMLValue) {
    self.key = key
    self.value = value
  }
}

/// One part of a (dotted) key; always text, so that `010` stays `010`.
public struct TOMLKey: Sendable, Hashable {
  /// The name, without quotes.
  public var name: String
  /// Where it stands.
  public var position: TOMLPosition

  /// Makes a key from its parts.
  public init(name: String, position: TOMLPosition) {
    self.name = name
    self.position = position
  }
}

/// A value with its place.
public struct TOMLValue: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// Where it begins.
  public var position: TOMLPosition

  /// Makes a value from its parts.
  public init(_ kind: Kind, position: TOMLPosition) {
    self.kind = kind
    self.position = position
  }

  /// The kinds of value.
  public enum Kind: Sendable, Hashable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// An offset date-time, local date-time, local date or local time, checked, as it is written.
    case dateTime(String)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  /// Its kind in words, for messages (`a string`).
  public var kindDescription: String {
    switch kind {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}
