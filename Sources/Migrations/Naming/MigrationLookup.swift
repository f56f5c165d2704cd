import Synchronization
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
  private let names: Names

  /// Looks among these migrations, given in order.
  public init(_ ids: [MigrationID]) {
    self.ids = ids
    names = Names(ids)
  }

  /// Finds a migration: by its whole name, else its version, else (if wanted) by the beginning of its name.
  public func find(_ text: String, byPrefix: Bool = false) -> Match {
    found(text, byPrefix: byPrefix) ?? .none(nearest: nearest(to: Self.name(text)))
  }

  /// The one migration of this name or version; nil if there is none, or if there are several.
  public func one(_ text: String) -> MigrationID? {
    if case .one(let id) = found(text, byPrefix: false) { id } else { nil }
  }

  private func found(_ text: String, byPrefix: Bool) -> Match? {
    let wanted = Self.name(text)
    if names.known.contains(MigrationID(wanted)) { return .one(MigrationID(wanted)) }
    if let version = MigrationVersion(wanted) {
      let same = zip(ids, names.versions).filter { $1.isSameValue(as: version) }.map(\.0)
      if !same.isEmpty { return same.count == 1 ? .one(same[0]) : .several(same) }
    }
    if byPrefix, !wanted.isEmpty {
      let begun = ids.filter { $0.rawValue.hasPrefix(wanted) }
      if !begun.isEmpty { return begun.count == 1 ? .one(begun[0]) : .several(begun) }
    }
    return nil
  }

  private static func name(_ text: String) -> String { Path.withoutEnding(text, ".sql") ?? text }

  private func nearest(to text: String) -> String? {
    if let near = NearestName.nearest(to: text, among: ids.map(\.rawValue)) { return near }
    return NearestName.nearest(to: text, among: names.versions.map(\.text).filter { !$0.isEmpty })
  }

  /// The names and their versions, once somebody asks for them: most projects declare nothing, and most names are given
  /// whole.
  private final class Names: Sendable {
    private let ids: [MigrationID]
    private let foundNames = Mutex<Set<MigrationID>?>(nil)
    private let foundVersions = Mutex<[MigrationVersion]?>(nil)

    init(_ ids: [MigrationID]) { self.ids = ids }

    var known: Set<MigrationID> {
      foundNames.withLock { found in
        let all = found ?? Set(ids)
        found = all
        return all
      }
    }

    /// In order.
    var versions: [MigrationVersion] {
      foundVersions.withLock { found in
        let all = found ?? ids.map { MigrationName($0.rawValue).version }
        found = all
        return all
      }
    }
  }
}
