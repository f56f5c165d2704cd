/// The ways in which projects number their migrations.
enum VersionStyle: Sendable, Hashable {
  /// Counted: `001`, `002`, with so many digits at least.
  case number(digits: Int)
  /// Dotted: `1.2`; the last part is counted.
  case dotted
  /// A day: `20260206`, or `2026-02-06` with dashes.
  case day(dashes: Bool)
  /// A second: `20260206120431`.
  case second
  /// A day and a time of day with something between: `20260206_120431`, `2026-02-06-120431`.
  case dayAndTime(dashes: Bool, separator: String)
  /// Seconds since 1970: `1770379471`.
  case epoch

  /// The style of a version.
  init(of version: MigrationVersion) {
    let text = version.text
    let digits = text.filter(\.isNumber).count
    let first = text.prefix { $0.isASCII && $0.isNumber }
    let isDashed = first.count == 4 && text.dropFirst(4).first == "-"
    if isDashed || first.count == 8, digits == 14 {
      let date = text.prefix(isDashed ? 10 : 8)
      self = .dayAndTime(dashes: isDashed, separator: String(text.dropFirst(date.count).prefix(1)))
    } else if isDashed {
      self = .day(dashes: true)
    } else if version.parts.count > 1 {
      self = .dotted
    } else if first.count == 14 {
      self = .second
    } else if first.count == 8, "12".contains(first.first ?? " ") {
      self = .day(dashes: false)
    } else if first.count == 10, first.first == "1" {
      self = .epoch
    } else {
      self = .number(digits: first.count)
    }
  }

  /// The version for a new migration.
  ///
  /// - Parameters:
  ///   - last: the version that a counted one follows; nil if there is none.
  ///   - time: now, in seconds since 1970, UTC.
  ///   - isTaken: whether a version is another migration's; one that is gets a letter, or the next second.
  func next(after last: MigrationVersion?, time: Double, isTaken: (String) -> Bool) -> String {
    switch self {
    case .number(let digits):
      var number = Self.incremented(last?.parts.first ?? "0")
      func padded() -> String { String(repeating: "0", count: max(0, digits - number.count)) + number }
      while isTaken(padded()) { number = Self.incremented(number) }
      return padded()
    case .dotted:
      var parts = last?.parts ?? ["0"]
      repeat {
        parts[parts.count - 1] = Self.incremented(parts[parts.count - 1])
      } while isTaken(parts.joined(separator: "."))
      return parts.joined(separator: ".")
    case .day:
      let day = spelling(of: time)
      guard isTaken(day) else { return day }
      let letters = "bcdefghijklmnopqrstuvwxyz".map(String.init)
      return letters.map { day + $0 }.first { !isTaken($0) } ?? day
    case .second, .dayAndTime, .epoch:
      var second = time
      while isTaken(spelling(of: second)) { second += 1 }
      return spelling(of: second)
    }
  }

  private func spelling(of seconds: Double) -> String {
    let time = CivilTime(seconds)
    switch self {
    case .number, .dotted, .second: return (time.dateParts + time.timeParts).joined()
    case .day(let dashes): return time.dateParts.joined(separator: dashes ? "-" : "")
    case .dayAndTime(let dashes, let separator):
      return time.dateParts.joined(separator: dashes ? "-" : "") + separator + time.timeParts.joined()
    case .epoch: return String(Int(seconds.rounded(.down)))
    }
  }

  /// One more, however many digits there are.
  private static func incremented(_ digits: String) -> String {
    var bytes = Array(digits.utf8)
    for index in bytes.indices.reversed() {
      if bytes[index] < UInt8(ascii: "9") {
        bytes[index] += 1
        return String(decoding: bytes, as: UTF8.self)
      }
      bytes[index] = UInt8(ascii: "0")
    }
    return "1" + String(decoding: bytes, as: UTF8.self)
  }
}
