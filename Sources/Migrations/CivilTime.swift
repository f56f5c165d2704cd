/// A point in time as date and time of day in UTC, by the Gregorian calendar, without a calendar library.
public struct CivilTime: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// The month, from 1.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int
  /// The hour, from 0.
  public let hour: Int
  /// The minute, from 0.
  public let minute: Int
  /// The second, from 0.
  public let second: Int

  /// Takes a time given in seconds since 1970 apart (Howard Hinnant, `civil_from_days`).
  public init(_ seconds: Double) {
    let whole = Int(seconds.rounded(.down))
    let days = Int((Double(whole) / 86_400).rounded(.down))
    let rest = whole - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    hour = rest / 3_600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// `2026`, `02`, `06`.
  var dateParts: [String] { [Self.pad(year, 4), Self.pad(month, 2), Self.pad(day, 2)] }

  /// `12`, `04`, `31`.
  var timeParts: [String] { [hour, minute, second].map { Self.pad($0, 2) } }

  /// `2026-02-06T12:04:31Z` (ISO 8601).
  public var text: String {
    guard (0...9_999).contains(year) else {
      return "\(dateParts.joined(separator: "-"))T\(timeParts.joined(separator: ":"))Z"
    }
    // A list of thousands has one a line: digits in place cost a tenth of texts that are joined.
    return String(unsafeUninitializedCapacity: 20) { bytes in
      var place = 0
      func append(_ byte: Unicode.Scalar) {
        bytes[place] = UInt8(ascii: byte)
        place += 1
      }
      func append(_ number: Int) {
        bytes[place] = UInt8(ascii: "0") + UInt8(number / 10)
        bytes[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
        place += 2
      }
      append(year / 100)
      append(year % 100)
      append("-")
      append(month)
      append("-")
      append(day)
      append("T")
      append(hour)
      append(":")
      append(minute)
      append(":")
      append(second)
      append("Z")
      return place
    }
  }

  static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
