/// Scripts from one version to the next (`pkg--1.0--1.1.sql`, `schema.0.2.3-0.2.4.sql`), with scripts that install one
/// version whole beside them, as extensions have them.
///
/// The order is the chain of upgrades from the first version that is installed whole; the scripts that install later
/// versions whole, and upgrades that jump over steps, make the same in another way and are skipped.
struct UpgradeChainLayout: LayoutReader {
  func files(in directory: ProjectDirectory, at base: String) throws(ProjectProblem) -> FoundFiles? {
    var steps: [UpgradeName: FoundFile] = [:]
    for entry in try directory.entries(base) where entry.kind != .directory {
      guard let name = entry.script, let step = UpgradeName(name) else { continue }
      var file = FoundFile(named: name, path: entry.path)
      file.version = step.to.text
      file.name = step.package
      steps[step] = file
    }
    let package = Dictionary(grouping: steps.keys.filter { $0.from != nil }, by: \.package)
      .max { $0.value.count < $1.value.count }
    guard let package, package.value.count > 1 else { return nil }
    let upgrades = package.value
    let installs = steps.keys.filter { $0.package == package.key && $0.from == nil }
    let first = (installs.isEmpty ? upgrades.compactMap(\.from) : installs.map(\.to)).min()
    guard let first else { return nil }
    var order: [UpgradeName] = installs.filter { $0.to.isSameValue(as: first) }
    var version = first
    var seen = [version.text]
    while let next = Self.next(after: version, among: upgrades), !seen.contains(next.to.text) {
      order.append(next)
      version = next.to
      seen.append(version.text)
    }
    let used = Set(order)
    let others = (upgrades + installs).filter { !used.contains($0) }.sorted(by: UpgradeName.precedes)
    let files =
      order.compactMap { steps[$0] }
      + others.compactMap { step -> FoundFile? in
        var file = steps[step]
        file?.place = .skipped
        file?.skipReason =
          step.from == nil
          ? "it installs \(step.to) whole, which the chain of upgrades makes too"
          : "the chain of upgrades from \(first) goes by smaller steps"
        return file
      }
    return FoundFiles(layout: .upgradeChain, base: base, files: files, isOrdered: true)
  }

  /// The shortest step from a version.
  private static func next(after version: MigrationVersion, among upgrades: [UpgradeName]) -> UpgradeName? {
    upgrades.filter { $0.from?.isSameValue(as: version) ?? false && version < $0.to }.min { $0.to < $1.to }
  }
}

/// A script's name that says which versions of which package it leads from and to.
struct UpgradeName: Sendable, Hashable {
  var package: String
  /// Nil if the script installs its version whole.
  var from: MigrationVersion?
  var to: MigrationVersion

  /// Takes a name apart (`pkg--1.0--1.1`, `pkg.1.0-1.1`, `pkg-1.0_to_1.1`, `pkg--1.0`), or gives nil if it is none.
  init?(_ name: String) {
    guard let digit = name.firstIndex(where: \.isNumber), digit > name.startIndex else { return nil }
    let before = name[..<digit]
    guard let separator = before.last, "-._".contains(separator) else { return nil }
    package = String(before.reversed().drop { "-._".contains($0) }.reversed())
    let versions = name[digit...]
    for mark in ["--", "_to_", "-to-", "-"] {
      let parts = Self.split(versions, at: mark)
      guard parts.count == 2, let from = Self.version(parts[0]), let to = Self.version(parts[1]), from < to
      else {
        continue
      }
      self.from = from
      self.to = to
      return
    }
    guard let whole = Self.version(String(versions)) else { return nil }
    to = whole
  }

  static func precedes(_ left: UpgradeName, _ right: UpgradeName) -> Bool {
    if left.to < right.to { return true }
    if right.to < left.to { return false }
    return (left.from?.text ?? "") < (right.from?.text ?? "")
  }

  /// A dotted version, `v` before it or not.
  private static func version(_ text: String) -> MigrationVersion? {
    guard text.contains("."), !text.contains("-"), !text.contains("_") else { return nil }
    return MigrationVersion(text.hasPrefix("v") ? String(text.dropFirst()) : text)
  }

  private static func split(_ text: Substring, at mark: String) -> [String] {
    var parts: [String] = []
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      if text[index...].hasPrefix(mark) {
        parts.append(String(text[start..<index]))
        index = text.index(index, offsetBy: mark.count)
        start = index
      } else {
        index = text.index(after: index)
      }
    }
    return parts + [String(text[start...])]
  }
}
