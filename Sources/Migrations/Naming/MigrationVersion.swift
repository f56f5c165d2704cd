/// The version that a migration's name begins with.
///
/// Compared by the numeric value of its parts, of any length, then by its letter: `019` < `019b` < `020`, and
/// `072` < `20260205` < `20250120000000`.
public struct MigrationVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The version as it is written (`070`).
  public let text: String
  /// The digits of each part, without leading zeros; a date with dashes is one part.
  let parts: [String]
  /// The letter behind the number (`b` in `019b`).
  let letter: String

  /// Reads a whole text as a version, or gives nil if it is none.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let (version, end) = Self.leading(in: bytes)
    guard !version.isEmpty, end == bytes.count else { return nil }
    self = version
  }

  private init(text: String, parts: [String], letter: String) {
    self.text = text
    self.parts = parts
    self.letter = letter
  }

  /// Whether there is no version.
  public var isEmpty: Bool { text.isEmpty }

  /// The version as it is written.
  public var description: String { text }

  /// Orders by value; two spellings of one value (`10`, `010`) are neither before nor after each other.
  public static func < (left: MigrationVersion, right: MigrationVersion) -> Bool {
    for (one, other) in zip(left.parts, right.parts) where one != other {
      return one.utf8.count != other.utf8.count ? one.utf8.count < other.utf8.count : one < other
    }
    if left.parts.count != right.parts.count { return left.parts.count < right.parts.count }
    return left.letter.utf8.lexicographicallyPrecedes(right.letter.utf8)
  }

  /// Whether both have the same value, however it is written.
  public func isSameValue(as other: MigrationVersion) -> Bool {
    parts == other.parts && letter == other.letter
  }

  /// Whether the version lies between two others, both included.
  ///
  /// An upper bound takes in what only refines it: `019` takes in `019b`, `1.2` takes in `1.2.10`.
  public func lies(from lower: MigrationVersion?, to upper: MigrationVersion?) -> Bool {
    if isEmpty { return false }
    if let lower, self < lower { return false }
    guard let upper else { return true }
    if self <= upper { return true }
    return parts.starts(with: upper.parts) && upper.letter.isEmpty
  }

  /// The version at a place of a name, usually its beginning, and where it ends.
  static func leading(in bytes: [UInt8], from start: Int = 0) -> (version: MigrationVersion, end: Int) {
    var end = digits(in: bytes, from: start)
    guard end > start else { return (MigrationVersion(text: "", parts: [], letter: ""), 0) }
    var parts = [Array(bytes[start..<end])]
    if end == start + 4, let dateEnd = dashedDate(in: bytes, from: start) {
      end = dateEnd
      parts = [bytes[start..<end].filter { $0 != dash }]
    }
    if parts[0].count == 8, let timeEnd = timeOfDay(in: bytes, from: end) {
      parts.append(Array(bytes[(end + 1)..<timeEnd]))
      end = timeEnd
    } else if end == start + parts[0].count {
      while end < bytes.count, bytes[end] == dot, case let next = digits(in: bytes, from: end + 1),
        next > end + 1
      {
        parts.append(Array(bytes[(end + 1)..<next]))
        end = next
      }
    }
    var letterEnd = end
    while letterEnd < bytes.count, isLetter(bytes[letterEnd]) { letterEnd += 1 }
    if letterEnd - end > 2 || (letterEnd < bytes.count && !isSeparator(bytes[letterEnd])) { letterEnd = end }
    let version = MigrationVersion(
      text: String(decoding: bytes[start..<letterEnd], as: UTF8.self), parts: parts.map(withoutLeadingZeros),
      letter: String(decoding: bytes[end..<letterEnd], as: UTF8.self))
    return (version, letterEnd)
  }

  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == underscore || byte == dash || byte == dot || byte == UInt8(ascii: " ")
  }

  private static let dash = UInt8(ascii: "-")
  private static let dot = UInt8(ascii: ".")
  private static let underscore = UInt8(ascii: "_")

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func digits(in bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end
  }

  /// The end of `YYYY-MM-DD`.
  private static func dashedDate(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= start + 10, bytes[start + 4] == dash, bytes[start + 7] == dash,
      digits(in: bytes, from: start + 5) == start + 7, digits(in: bytes, from: start + 8) == start + 10
    else { return nil }
    return start + 10
  }

  /// The end of the `_HHMMSS` behind a date.
  private static func timeOfDay(in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count,
      bytes[start] == underscore || bytes[start] == dash || bytes[start] == UInt8(ascii: "T")
    else { return nil }
    let end = digits(in: bytes, from: start + 1)
    return end - start == 7 ? end : nil
  }

  private static func withoutLeadingZeros(_ digits: [UInt8]) -> String {
    let kept = digits.drop { $0 == UInt8(ascii: "0") }
    return kept.isEmpty ? "0" : String(decoding: kept, as: UTF8.self)
  }
}
