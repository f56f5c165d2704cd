/// The names that Prisma gives to constraints and indexes that have none of their own.
///
/// The rule is Prisma's "constraint and index naming conventions" for PostgreSQL: table and columns, then a suffix, cut
/// before the suffix so that the whole has room in the 63 bytes of an identifier.
enum ConstraintNames {
  private static let limit = 63

  static func primaryKey(_ table: String) -> String { cut(table, suffix: "_pkey") }

  static func unique(_ table: String, _ columns: [String]) -> String {
    cut(([table] + columns).joined(separator: "_"), suffix: "_key")
  }

  static func index(_ table: String, _ columns: [String]) -> String {
    cut(([table] + columns).joined(separator: "_"), suffix: "_idx")
  }

  static func foreignKey(_ table: String, _ columns: [String]) -> String {
    cut(([table] + columns).joined(separator: "_"), suffix: "_fkey")
  }

  /// The name with its suffix, cut at a character's boundary.
  private static func cut(_ name: String, suffix: String) -> String {
    var kept = ""
    var room = limit - suffix.utf8.count
    for scalar in name.unicodeScalars {
      room -= UTF8.width(scalar)
      guard room >= 0 else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept + suffix
  }
}
