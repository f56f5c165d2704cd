/// A JSON value, as far as libpg_query's description of PL/pgSQL needs it.
indirect enum JSONValue: Sendable {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  case number(Int)
  case other

  /// The value under a key of an object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The elements of an array; empty for anything else.
  var elements: [JSONValue] {
    if case .array(let values) = self { return values }
    return []
  }

  /// The text of a string.
  var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// The value of a whole number.
  var number: Int? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// The only member of an object such as `{"PLpgSQL_stmt_if": {…}}`.
  var variant: (name: String, value: JSONValue)? {
    guard case .object(let members) = self, let first = members.first else { return nil }
    return (first.key, first.value)
  }
}

/// Reads JSON text; fractions, booleans and null are only passed over.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// The value of a text, or nil if it is not JSON.
  static func read(_ text: String) -> JSONValue? {
    var reader = JSONReader(bytes: Array(text.utf8))
    return reader.value()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONValue? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { .string($0) }
    default:
      let start = position
      while position < bytes.count, !",]} \n".utf8.contains(bytes[position]) { position += 1 }
      guard position > start else { return nil }
      return Int(String(decoding: bytes[start..<position], as: UTF8.self)).map { .number($0) } ?? .other
    }
  }

  private mutating func object() -> JSONValue? {
    guard take(UInt8(ascii: "{")) else { return nil }
    var members: [(key: String, value: JSONValue)] = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      guard let key = string(), take(UInt8(ascii: ":")), let value = value() else { return nil }
      members.append((key, value))
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array() -> JSONValue? {
    guard take(UInt8(ascii: "[")) else { return nil }
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      guard let value = value() else { return nil }
      values.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(values) : nil
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard position < bytes.count else { return nil }
        let escape = bytes[position]
        position += 1
        switch escape {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"):
          guard let scalar = unicodeEscape() else { return nil }
          text += Array(String(scalar).utf8)
        default: text.append(escape)
        }
      default:
        text.append(byte)
      }
    }
    return nil
  }

  /// The four digits behind `\u`; libpg_query writes only control characters so.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard position + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { return nil }
    position += 4
    return Unicode.Scalar(code)
  }
}
