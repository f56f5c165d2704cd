/// PostgreSQL's text form of one-dimensional arrays: `{a,"b c",NULL}`.
///
/// The rules are those of "Array Input and Output Syntax" in the PostgreSQL documentation.
public enum ArrayLiteral {
  /// Writes elements as an array literal, with nil for NULL; every other element is quoted.
  public static func write(_ elements: [String?]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    bytes.reserveCapacity(elements.reduce(2) { $0 + ($1?.utf8.count ?? 4) + 3 })
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let element else {
        bytes.append(contentsOf: "NULL".utf8)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in element.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a one-dimensional array literal, with nil for NULL; returns nil when the text is not one.
  public static func read(_ text: String) -> [String?]? {
    var reader = ArrayReader(bytes: Array(text.utf8))
    return reader.read()
  }
}

/// Takes an array literal apart, byte by byte: what has a meaning in it is ASCII.
private struct ArrayReader {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take() -> UInt8? {
    guard let byte = next else { return nil }
    place += 1
    return byte
  }

  mutating func read() -> [String?]? {
    // An array whose subscripts do not begin at 1 is preceded by its bounds: `[0:1]={a,b}`.
    if next == UInt8(ascii: "["), let equals = bytes.firstIndex(of: UInt8(ascii: "=")) { place = equals + 1 }
    guard take() == UInt8(ascii: "{") else { return nil }
    if next == UInt8(ascii: "}"), place == bytes.count - 1 { return [] }
    var elements: [String?] = []
    while true {
      guard let element = next == UInt8(ascii: "\"") ? quoted() : plain() else { return nil }
      elements.append(element)
      switch take() {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "}"): return place == bytes.count ? elements : nil
      default: return nil
      }
    }
  }

  private mutating func quoted() -> String?? {
    place += 1
    var value: [UInt8] = []
    while let byte = take() {
      switch byte {
      case UInt8(ascii: "\""): return .some(String(decoding: value, as: UTF8.self))
      case UInt8(ascii: "\\"):
        guard let escaped = take() else { return nil }
        value.append(escaped)
      default: value.append(byte)
      }
    }
    return nil
  }

  private mutating func plain() -> String?? {
    var value: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "\"") { return nil }
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        value.append(byte)
        continue
      }
      guard let escaped = take() else { return nil }
      value.append(escaped)
    }
    if value.isEmpty { return nil }
    let text = String(decoding: value, as: UTF8.self)
    return .some(text.uppercased() == "NULL" ? nil : text)
  }
}
