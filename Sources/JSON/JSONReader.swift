/// Reads JSON text (RFC 8259).
public struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0
  private let maximumDepth: Int

  /// The value of a text, or nil if it is not JSON or nested more deeply than `maximumDepth`.
  public static func read(_ bytes: [UInt8], maximumDepth: Int = 200) -> JSONValue? {
    var reader = JSONReader(
      bytes: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes,
      maximumDepth: maximumDepth)
    guard let value = reader.value() else { return nil }
    reader.skipSpace()
    // A conditional expression would make a JSON null of its `nil`.
    guard reader.position == reader.bytes.count else { return Optional.none }
    return value
  }

  private init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  private mutating func skipSpace() {
    while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONValue? {
    guard depth < maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { .string($0) }
    default: return scalar()
    }
  }

  private mutating func scalar() -> JSONValue? {
    let start = position
    while position < bytes.count, !",]} \t\r\n".utf8.contains(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else {
        return nil
      }
      return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) }
    }
  }

  private mutating func object() -> JSONValue? {
    guard take(UInt8(ascii: "{")) else { return nil }
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      guard let key = string(), take(UInt8(ascii: ":")), let value = value() else { return nil }
      members.append(JSONValue.Member(key, value))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { return Optional.none }
    return .object(members)
  }

  private mutating func array() -> JSONValue? {
    guard take(UInt8(ascii: "[")) else { return nil }
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      guard let value = value() else { return nil }
      values.append(value)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { return Optional.none }
    return .array(values)
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text = String.UnicodeScalarView()
    var plain: [UInt8] = []
    func flushed(_ plain: [UInt8]) -> String.UnicodeScalarView {
      String(decoding: plain, as: UTF8.self).unicodeScalars
    }
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        text.append(contentsOf: flushed(plain))
        return String(text)
      }
      guard byte == UInt8(ascii: "\\") else {
        guard byte >= 0x20 else { return nil }
        plain.append(byte)
        continue
      }
      text.append(contentsOf: flushed(plain))
      plain = []
      guard let scalar = escape() else { return nil }
      text.append(scalar)
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return nil
    }
  }

  /// `\uXXXX`, or a pair of them for a character beyond the first plane.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = codeUnit() else { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard position + 1 < bytes.count, bytes[position...].starts(with: "\\u".utf8) else { return nil }
    position += 2
    guard let second = codeUnit(), UTF16.isTrailSurrogate(second) else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
  }

  private mutating func codeUnit() -> UInt16? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
    position += 4
    return UInt16(digits, radix: 16)
  }
}

extension JSONValue {
  /// The value under a name of an object; nil if there is none, or for anything else.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The elements of an array; nil for anything else.
  public var elements: [JSONValue]? {
    if case .array(let values) = self { return values }
    return nil
  }

  /// The text of a string; nil for anything else.
  public var stringValue: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// A whole number; nil for anything else.
  public var integerValue: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }
}
