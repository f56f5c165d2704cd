import Schema

/// Numbers of rows and bytes as people read them.
extension Amounts {
  /// `950`, `12 k`, `1.2 M`, `3 G`.
  static func number(_ number: Double) -> String { scaled(number, by: 1_000, ["", " k", " M", " G", " T"]) }

  /// `8 kB`, `340 MB`, `1.2 GB`, as PostgreSQL counts them: 1 kB is 1,024 bytes.
  static func bytes(_ bytes: Int) -> String {
    scaled(Double(bytes), by: 1_024, [" bytes", " kB", " MB", " GB", " TB"])
  }

  private static func scaled(_ number: Double, by step: Double, _ units: [String]) -> String {
    var value = number.isFinite ? max(0, number) : 0
    var unit = 0
    while value >= step * 0.9995, unit < units.count - 1 {
      value /= step
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let isWhole = unit == 0 || tenths >= 100 || tenths % 10 == 0
    return (isWhole ? "\(Int(value.rounded()))" : "\(tenths / 10).\(tenths % 10)") + units[unit]
  }
}

extension Snapshot {
  /// What stands behind a lock: `1.2 M rows, 340 MB`; nil where the catalog does not know, or there is next to nothing.
  func volume(of relation: ObjectIdentity) -> String? {
    guard case .relation(let detail) = self[relation]?.detail, detail.bytes >= Self.worthMentioning else {
      return nil
    }
    let rows = detail.estimatedRows.map { "\(Amounts.number($0)) rows, " } ?? ""
    return rows + Amounts.bytes(detail.bytes)
  }

  /// The size of a relation with its indexes.
  func bytes(of relation: ObjectIdentity) -> Int {
    if case .relation(let detail) = self[relation]?.detail { detail.bytes } else { 0 }
  }

  /// A table of less than this is locked and rewritten before anybody notices.
  private static var worthMentioning: Int { 1 << 20 }
}
