/// Dates and times as TOML 1.0 writes them (RFC 3339).
enum TOMLDateTime {
  /// Whether the text is a date of the calendar, a time, or both, with or without an offset.
  static func isValid(_ text: String) -> Bool {
    if isDate(text) { return true }
    if isTime(text[...]) { return true }
    guard text.utf8.count > 11, isDate(String(text.prefix(10))) else { return false }
    let separator = text[text.index(text.startIndex, offsetBy: 10)]
    guard "Tt ".contains(separator) else { return false }
    let time = text.dropFirst(11)
    return isTime(time) || withoutOffset(time).map(isTime) ?? false
  }

  /// Whether the text is `YYYY-MM-DD` with a day that the calendar has.
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
      let day = number(parts[2], digits: 2), (1...12).contains(month)
    else { return false }
    return (1...days(inMonth: month, of: year)).contains(day)
  }

  /// Whether the text is `HH:MM:SS` with an optional fraction; 60 is a leap second.
  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2)
    else { return false }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard seconds.count <= 2, let second = number(seconds[0], digits: 2) else { return false }
    if seconds.count == 2, seconds[1].isEmpty || !seconds[1].allSatisfy(isDigit) { return false }
    return hour < 24 && minute < 60 && second <= 60
  }

  private static func withoutOffset(_ text: Substring) -> Substring? {
    if text.last == "Z" || text.last == "z" { return text.dropLast() }
    let offset = text.suffix(6)
    guard offset.first == "+" || offset.first == "-" else { return nil }
    let parts = offset.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
      hour < 24, minute < 60
    else { return nil }
    return text.dropLast(6)
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.count == digits && text.allSatisfy(isDigit) ? Int(text) : nil
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
