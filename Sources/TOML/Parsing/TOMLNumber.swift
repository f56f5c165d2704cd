/// Booleans and numbers as TOML 1.0 writes them.
enum TOMLNumber {
  /// What the word is, or nil if it is neither a boolean nor a number in range.
  static func kind(of word: String) -> TOMLValue.Kind? {
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    if let (digits, radix) = prefixed(word) {
      return isGrouped(digits, radix) ? Int64(plain(digits), radix: radix).map { .integer($0) } : nil
    }
    if isInteger(word) { return Int64(plain(word)).map { .integer($0) } }
    if isFloat(word) { return Double(plain(word)).map { .float($0) } }
    return nil
  }

  /// The complaint about a well-formed integer that 64 bits cannot hold.
  static func overflow(in word: String) -> String? {
    let isWellFormed = prefixed(word).map { isGrouped($0.digits, $0.radix) } ?? isInteger(word)
    return isWellFormed && kind(of: word) == nil ? "`\(word)` does not fit in 64 bits" : nil
  }

  private static func prefixed(_ word: String) -> (digits: Substring, radix: Int)? {
    let radices = ["0x": 16, "0o": 8, "0b": 2]
    return radices[String(word.prefix(2))].map { (word.dropFirst(2), $0) }
  }

  private static func unsigned(_ word: String) -> Substring {
    word.first == "+" || word.first == "-" ? word.dropFirst() : Substring(word)
  }

  private static func isInteger(_ word: String) -> Bool { isWhole(unsigned(word)) }

  /// Digits without a leading zero.
  private static func isWhole(_ digits: Substring) -> Bool {
    isGrouped(digits, 10) && (digits.count == 1 || digits.first != "0")
  }

  private static func isFloat(_ word: String) -> Bool {
    let parts = unsigned(word).split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2 else { return false }
    if parts.count == 2, !isGrouped(unsigned(String(parts[1])), 10) { return false }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard mantissa.count <= 2, isWhole(mantissa[0]) else { return false }
    return mantissa.count == 1 ? parts.count == 2 : isGrouped(mantissa[1], 10)
  }

  /// Digits with single underscores between them.
  private static func isGrouped(_ text: Substring, _ radix: Int) -> Bool {
    let groups = text.split(separator: "_", omittingEmptySubsequences: false)
    return groups.allSatisfy { group in
      !group.isEmpty && group.allSatisfy { $0.isASCII && ($0.hexDigitValue ?? radix) < radix }
    }
  }

  private static func plain(_ text: some StringProtocol) -> String { String(text.filter { $0 != "_" }) }
}
