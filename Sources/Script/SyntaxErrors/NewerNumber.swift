/// A number in the notation of PostgreSQL 16: `1_000`, `0xFF`, `0o17`, `0b101`.
struct NewerNumber {
  /// The number in the older notation, filled with zeros to the same length.
  var older: String

  /// Reads the token; nil if it is no such number, or not well formed.
  init?(_ token: String) {
    let bytes = Array(token.utf8)
    var digits = bytes[...]
    var base = 10
    if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
      switch bytes[1] | 0x20 {
      case UInt8(ascii: "x"): base = 16
      case UInt8(ascii: "o"): base = 8
      case UInt8(ascii: "b"): base = 2
      default: break
      }
      if base != 10 { digits = digits.dropFirst(2) }
    }
    var plain = ""
    var isAfterDigit = base != 10
    for byte in digits {
      if byte == UInt8(ascii: "_") {
        guard isAfterDigit else { return nil }
        isAfterDigit = false
        continue
      }
      let character = Character(Unicode.Scalar(byte))
      let isExponent = base == 10 && byte | 0x20 == UInt8(ascii: "e") && !plain.isEmpty
      guard isExponent || character.hexDigitValue ?? base < base else { return nil }
      plain.append(character)
      isAfterDigit = true
    }
    guard isAfterDigit, plain.utf8.count < bytes.count else { return nil }
    let decimal = base == 10 ? plain : UInt64(plain, radix: base).map { "\($0)" } ?? "0"
    let fitting = decimal.utf8.count <= bytes.count ? decimal : "0"
    older = String(repeating: "0", count: bytes.count - fitting.utf8.count) + fitting
  }
}
