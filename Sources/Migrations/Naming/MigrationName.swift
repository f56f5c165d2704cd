/// A migration's name taken apart: the version that it begins with, and what it says.
///
/// Versions are numbers (`070`), numbers with a letter (`019b`), dates (`20260205`, `2025-11-05`), times
/// (`20250120000000`, `20250120_101500`) and dotted numbers (`1.2.10`). A word for migrations may stand before it
/// (`V1__users`, `mig_0001`, `upgrade-1.2`).
public struct MigrationName: Sendable, Hashable {
  /// The version; empty if the name begins with none.
  public let version: MigrationVersion
  /// The name without the version and the separators behind it.
  public let title: String

  /// Takes a name apart.
  public init(_ name: String) {
    let bytes = Array(name.utf8)
    let (version, end) = MigrationVersion.leading(in: bytes, from: Self.endOfWord(in: bytes))
    self.version = version
    var start = end
    if !version.isEmpty {
      while start < bytes.count, MigrationVersion.isSeparator(bytes[start]) { start += 1 }
    }
    title = String(decoding: bytes[start...], as: UTF8.self)
  }

  /// The words that people write before the version of a migration.
  private static let words: Set<String> = [
    "v", "b", "ver", "version", "r", "rev", "release", "m", "mig", "migr", "migrate", "migration", "upgrade",
    "update",
    "patch", "delta", "change", "changeset", "schema", "db", "step", "script",
  ]

  /// Where the version may begin: behind such a word and one separator, else at the beginning.
  private static func endOfWord(in bytes: [UInt8]) -> Int {
    let letters = bytes.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }.count
    guard letters > 0, letters < bytes.count,
      words.contains(String(decoding: bytes[..<letters], as: UTF8.self).lowercased())
    else { return 0 }
    return MigrationVersion.isSeparator(bytes[letters]) ? letters + 1 : letters
  }
}

extension MigrationID {
  /// The order of a project: numeric value of the version, then its letter, then the rest bytewise.
  ///
  /// Names without a version come last, bytewise.
  public static func precedes(_ left: MigrationID, _ right: MigrationID) -> Bool {
    precedes((left, MigrationName(left.rawValue)), (right, MigrationName(right.rawValue)))
  }

  /// Things in the order of their migrations' names, each of which is taken apart once.
  static func inOrder<Element>(_ elements: [Element], by id: (Element) -> MigrationID) -> [Element] {
    let named = elements.map { element in
      let id = id(element)
      return (id: id, name: MigrationName(id.rawValue))
    }
    let places = named.indices.sorted { precedes(named[$0], named[$1]) }
    return places.map { elements[$0] }
  }

  private static func precedes(
    _ left: (id: MigrationID, name: MigrationName), _ right: (id: MigrationID, name: MigrationName)
  ) -> Bool {
    let (left, leftName) = left
    let (right, rightName) = right
    if leftName.version.isEmpty != rightName.version.isEmpty { return rightName.version.isEmpty }
    if leftName.version < rightName.version { return true }
    if rightName.version < leftName.version { return false }
    if leftName.title != rightName.title {
      return leftName.title.utf8.lexicographicallyPrecedes(rightName.title.utf8)
    }
    return left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}
