/// Literals in the one spelling that the server gives them.
enum FingerprintLiteral {
  /// The words of a literal in quotes: a number (the server writes `-10` as `'-10'::integer`), a truth value, a length
  /// of time, a point in time, or the text itself.
  static func words(_ literal: String) -> [String] {
    let text = literal.dropFirst().dropLast()
    guard let first = text.utf8.first else { return [literal] }
    switch text {
    case "t", "true": return ["true"]
    case "f", "false": return ["false"]
    default: break
    }
    guard first == 0x2D || first == 0x2E || (0x30...0x39).contains(first) else { return [literal] }
    if isNumber(text) { return first == 0x2D ? ["-", String(text.dropFirst())] : [String(text)] }
    return [interval(text) ?? time(text) ?? literal]
  }

  private static func isNumber(_ text: Substring) -> Bool {
    let digits = text.first == "-" ? text.dropFirst() : text
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// A length of time as months, days and seconds; nil if it is none, or one with fractions.
  private static func interval(_ text: Substring) -> String? {
    var months = 0
    var days = 0
    var seconds = 0
    var number: Int?
    for word in text.lowercased().split(separator: " ") {
      if word.contains(":") {
        guard number == nil, let clock = clock(word) else { return nil }
        seconds += clock
        continue
      }
      let unit = word.drop { $0 == "-" || $0 == "+" || $0.isNumber }
      if unit.startIndex > word.startIndex {
        guard number == nil, let value = Int(word[..<unit.startIndex]) else { return nil }
        number = value
        if unit.isEmpty { continue }
      }
      guard let count = number else { return nil }
      number = nil
      switch unit {
      case "s", "sec", "secs", "second", "seconds": seconds += count
      case "m", "min", "mins", "minute", "minutes": seconds += 60 * count
      case "h", "hr", "hrs", "hour", "hours": seconds += 3600 * count
      case "d", "day", "days": days += count
      case "w", "week", "weeks": days += 7 * count
      case "mon", "mons", "month", "months": months += count
      case "y", "yr", "yrs", "year", "years": months += 12 * count
      default: return nil
      }
    }
    return number == nil ? "'\(months) months \(days) days \(seconds) seconds'" : nil
  }

  /// `hh:mm` or `hh:mm:ss` in seconds.
  private static func clock(_ text: Substring) -> Int? {
    let isNegative = text.first == "-"
    let parts = (isNegative ? text.dropFirst() : text).split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return nil }
    var seconds = 0
    for part in parts {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(part) else { return nil }
      seconds = seconds * 60 + value
    }
    if parts.count == 2 { seconds *= 60 }
    return isNegative ? -seconds : seconds
  }

  /// A point in time without what the server adds or leaves out: midnight, and the zone where it is none or UTC.
  private static func time(_ text: Substring) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count > 10, bytes[4] == 0x2D, bytes[7] == 0x2D, [0x20, 0x54, 0x74].contains(bytes[10]) else {
      return nil
    }
    var clock = String(text.dropFirst(11)).lowercased()
    for zone in ["z", "+00:00", "+00"] where clock.hasSuffix(zone) {
      clock.removeLast(zone.count)
      break
    }
    if clock.utf8.count == 5 { clock += ":00" }
    return clock == "00:00:00" ? "'\(text.prefix(10))'" : "'\(text.prefix(10)) \(clock)'"
  }
}
