import TOML

/// Finds migrations by what people call them: the whole name, the version, or the beginning of the name.
public struct MigrationLookup: Sendable {
  /// What was found under a name.
  public enum Match: Sendable, Hashable {
    /// Exactly one migration.
    case one(MigrationID)
    /// Several, in order: the name says too little.
    case several([MigrationID])
    /// None; the name that was probably meant, if one is near.
    case none(nearest: String?)
  }

  private let ids: [MigrationID]
  private let known: Set<MigrationID>
  private let names: [MigrationID: MigrationName]

  /// Looks among these migrations, given in order.
  public init(_ ids: [MigrationID]) {
    self.ids = ids
    known = Set(ids)
    names = Dictionary(
      ids.map { ($0, MigrationName($0.rawValue)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Finds a migration: by its whole name, else its version, else (if wanted) by the beginning of its name.
  public func find(_ text: String, byPrefix: Bool = false) -> Match {
    let wanted = Path.withoutEnding(text, ".sql") ?? text
    if known.contains(MigrationID(wanted)) { return .one(MigrationID(wanted)) }
    if let version = MigrationVersion(wanted) {
      let same = ids.filter { names[$0]?.version.isSameValue(as: version) ?? false }
      if !same.isEmpty { return same.count == 1 ? .one(same[0]) : .several(same) }
    }
    if byPrefix, !wanted.isEmpty {
      let begun = ids.filter { $0.rawValue.hasPrefix(wanted) }
      if !begun.isEmpty { return begun.count == 1 ? .one(begun[0]) : .several(begun) }
    }
    return .none(nearest: nearest(to: wanted))
  }

  private func nearest(to text: String) -> String? {
    if let near = NearestName.nearest(to: text, among: ids.map(\.rawValue)) { return near }
    let versions = ids.compactMap { names[$0]?.version.text }.filter { !$0.isEmpty }
    return NearestName.nearest(to: text, among: versions)
  }
}
