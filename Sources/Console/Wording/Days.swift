import Migrations

/// Days and dates as people read them, in the operator's zone.
extension Amounts {
  /// `Saturday 2026-11-21`.
  static func day(_ time: Double, secondsFromUTC: Int) -> String {
    let local = time + Double(secondsFromUTC)
    guard local.isFinite, abs(local) < 1e11 else { return "a day out of reach" }
    // The first day of 1970 was a Thursday.
    let weekday = ((number(ofDay: local) + 4) % 7 + 7) % 7
    return "\(weekdays[weekday]) \(date(time, secondsFromUTC: secondsFromUTC))"
  }

  /// `today`, `yesterday`; empty for other days.
  static func nameOfDay(_ time: Double, now: Double, secondsFromUTC: Int) -> String {
    let shift = Double(secondsFromUTC)
    switch number(ofDay: now + shift) - number(ofDay: time + shift) {
    case 0: return "today"
    case 1: return "yesterday"
    default: return ""
    }
  }

  /// `2026-11-21`.
  static func date(_ time: Double, secondsFromUTC: Int) -> String {
    let local = time + Double(secondsFromUTC)
    guard local.isFinite, abs(local) < 1e11 else { return "?" }
    return String(CivilTime(local).text.prefix { $0 != "T" })
  }

  private static func number(ofDay local: Double) -> Int {
    guard local.isFinite, abs(local) < 1e11 else { return 0 }
    return Int((local / 86_400).rounded(.down))
  }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
}
