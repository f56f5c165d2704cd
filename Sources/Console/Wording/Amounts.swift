/// Durations, times and numbers as people read them.
enum Amounts {
  /// `0.4 ms`, `12 ms`, `1.2 s`, `2 min 05 s`, `1 h 02 min`.
  static func duration(milliseconds: Double) -> String {
    let milliseconds = milliseconds.isFinite ? max(0, milliseconds) : 0
    if milliseconds < 0.95 { return "\(tenths(milliseconds)) ms" }
    if milliseconds < 999.5 { return "\(whole(milliseconds)) ms" }
    let seconds = milliseconds / 1_000
    if seconds < 59.95 { return "\(tenths(seconds)) s" }
    let all = whole(seconds)
    if all < 3_600 { return "\(all / 60) min \(twoDigits(all % 60)) s" }
    return "\(all / 3_600) h \(twoDigits(all / 60 % 60)) min"
  }

  /// `12:04:31` in the operator's zone.
  static func clock(_ time: Double, secondsFromUTC: Int) -> String {
    let seconds = ((whole(time.rounded(.down)) + secondsFromUTC) % 86_400 + 86_400) % 86_400
    return "\(twoDigits(seconds / 3_600)):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60))"
  }

  /// `1 migration`, `5 migrations`.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = whole(value * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The nearest integer; times far outside any calendar count as zero instead of trapping.
  private static func whole(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? 0 }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
