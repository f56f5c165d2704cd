/// Sizes and large numbers as people read them.
extension Amounts {
  /// `0 B`, `16 kB`, `1.2 MB`, `132 MB`: in steps of 1,024, as PostgreSQL does.
  static func bytes(_ bytes: Int) -> String {
    if bytes < 1_024 { return "\(max(0, bytes)) B" }
    return scaled(Double(bytes), step: 1_024, units: ["B", "kB", "MB", "GB", "TB", "PB"])
  }

  /// `812`, `9812`, `12 k`, `1.2 M`: estimates, of which more digits would say nothing.
  static func estimate(_ number: Double) -> String {
    guard number.isFinite, number >= 10_000 else { return "\(Int(max(0, number.isFinite ? number : 0)))" }
    return scaled(number, step: 1_000, units: ["", "k", "M", "G", "T", "P"])
  }

  private static func scaled(_ value: Double, step: Double, units: [String]) -> String {
    var value = value
    var unit = 0
    while value >= step * 0.9995, unit < units.count - 1 {
      value /= step
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let digits = tenths >= 100 || tenths % 10 == 0 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    return "\(digits) \(units[unit])"
  }
}
