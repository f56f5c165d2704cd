/// A migration's name taken apart: the version that it begins with, and what it says.
///
/// Versions are numbers (`070`), numbers with a letter (`019b`), dates (`20260205`, `2025-11-05`), times
/// (`20250120000000`, `20250120_101500`) and dotted numbers (`1.2.10`).
public struct MigrationName: Sendable, Hashable {
  /// The version; empty if the name begins with none.
  public let version: MigrationVersion
  /// The name without the version and the separators behind it.
  public let title: String

  /// Takes a name apart.
  public init(_ name: String) {
    let bytes = Array(name.utf8)
    let (version, end) = MigrationVersion.leading(in: bytes)
    self.version = version
    var start = end
    if !version.isEmpty {
      while start < bytes.count, MigrationVersion.isSeparator(bytes[start]) { start += 1 }
    }
    title = String(decoding: bytes[start...], as: UTF8.self)
  }
}

extension MigrationID {
  /// The order of a project: numeric value of the version, then its letter, then the rest bytewise.
  ///
  /// Names without a version come last, bytewise.
  public static func precedes(_ left: MigrationID, _ right: MigrationID) -> Bool {
    let leftName = MigrationName(left.rawValue)
    let rightName = MigrationName(right.rawValue)
    if leftName.version.isEmpty != rightName.version.isEmpty { return rightName.version.isEmpty }
    if leftName.version < rightName.version { return true }
    if rightName.version < leftName.version { return false }
    if leftName.title != rightName.title {
      return leftName.title.utf8.lexicographicallyPrecedes(rightName.title.utf8)
    }
    return left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}
