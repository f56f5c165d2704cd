import TOML

/// Turns what an operator writes into migrations of a project.
///
/// A selector is a migration's id, its version, the beginning of its name where that is unique, `phase:NAME`, `A..B`
/// (both included; either may be left out), `all`, or `pending` (what was interrupted or has failed is still to be done, too).
public struct SelectorParser: Sendable {
  private let project: Project
  private let pending: Set<MigrationID>
  private let lookup: MigrationLookup

  /// Makes a parser for a project.
  ///
  /// - Parameter statuses: the states on the target, which say what is pending; without them all runnable migrations
  ///   are.
  public init(_ project: Project, statuses: [MigrationStatus]? = nil) {
    self.project = project
    pending = Set(
      statuses.map { $0.filter { [.pending, .interrupted, .failed].contains($0.state) }.map(\.id) }
        ?? project.runnableMigrations.map(\.id))
    lookup = MigrationLookup(project.migrations.map(\.id))
  }

  /// The migrations that any of the selectors names, in the project's order.
  ///
  /// - Throws: one problem for each selector that names nothing, or not clearly one thing.
  public func select(_ selectors: some Sequence<String>) throws(ProjectError) -> [MigrationID] {
    var selected: Set<MigrationID> = []
    var problems: [ProjectProblem] = []
    for selector in selectors {
      do {
        selected.formUnion(try select(selector))
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw ProjectError(problems) }
    return project.migrations.map(\.id).filter { selected.contains($0) }
  }

  private func select(_ selector: String) throws(ProjectProblem) -> [MigrationID] {
    if let id = lookup.one(selector) { return [id] }
    switch selector {
    case "all": return project.runnableMigrations.map(\.id)
    case "pending": return project.migrations.map(\.id).filter { pending.contains($0) }
    default: break
    }
    if selector.hasPrefix("phase:") { return try phase(String(selector.dropFirst(6))).migrations }
    if let range = SelectorRange(selector) { return try migrations(in: range) }
    return [try migration(selector)]
  }

  private func migration(_ name: String) throws(ProjectProblem) -> MigrationID {
    switch lookup.find(name, byPrefix: true) {
    case .one(let id):
      return id
    case .several(let ids):
      throw Self.ambiguous(name, ids.map(\.rawValue))
    case .none(let nearest):
      throw ProjectProblem(
        code: "unknown-migration", message: "no migration is called `\(name)`",
        advice: nearest.map { "did you mean `\($0)`?" } ?? "`signalbox status` lists them")
    }
  }

  private func phase(_ name: String) throws(ProjectProblem) -> Phase {
    let wanted = name.lowercased()
    if let exact = project.phases.first(where: { $0.name.lowercased() == wanted }) { return exact }
    let begun = project.phases.filter { $0.name.lowercased().hasPrefix(wanted) }
    if begun.count == 1, !wanted.isEmpty { return begun[0] }
    if begun.count > 1 { throw Self.ambiguous("phase:\(name)", begun.map { "phase:\($0.name)" }) }
    let names = project.phases.map(\.name)
    throw ProjectProblem(
      code: "unknown-phase", message: "no phase is called `\(name)`",
      advice: NearestName.nearest(to: name, among: names).map { "did you mean `phase:\($0)`?" }
        ?? "the phases are " + names.map { "`\($0)`" }.joined(separator: ", "))
  }

  /// The runnable migrations of a range: by place where a bound names a migration, else by version.
  private func migrations(in range: SelectorRange) throws(ProjectProblem) -> [MigrationID] {
    let ids = project.migrations.map(\.id)
    let lower = try places(of: range.lower)
    let upper = try places(of: range.upper)
    let found = project.migrations.enumerated().filter { place, migration in
      guard migration.isRunnable else { return false }
      let version = MigrationName(ids[place].rawValue).version
      let isAfterLower =
        lower.map { place >= $0.lowerBound }
        ?? version.lies(from: range.lower.flatMap(MigrationVersion.init), to: nil)
      let isBeforeUpper =
        upper.map { place < $0.upperBound }
        ?? version.lies(from: nil, to: range.upper.flatMap(MigrationVersion.init))
      return isAfterLower && isBeforeUpper
    }.map(\.element.id)
    guard !found.isEmpty else {
      throw ProjectProblem(
        code: "empty-range", message: "no migration that can run lies in `\(range.text)`",
        advice: "a range is written from the earlier to the later: 070..072")
    }
    return found
  }

  /// The places of the migrations that a bound names; nil for an open bound or a version that no migration has.
  private func places(of bound: String?) throws(ProjectProblem) -> Range<Int>? {
    guard let bound else { return nil }
    let ids = project.migrations.map(\.id)
    switch lookup.find(bound, byPrefix: MigrationVersion(bound) == nil) {
    case .one(let id):
      return ids.firstIndex(of: id).map { $0..<($0 + 1) }
    case .several(let several):
      guard MigrationVersion(bound) != nil, let first = several.first.flatMap(ids.firstIndex),
        let last = several.last.flatMap(ids.firstIndex)
      else { throw Self.ambiguous(bound, several.map(\.rawValue)) }
      return first..<(last + 1)
    case .none:
      if MigrationVersion(bound) != nil { return nil }
      _ = try migration(bound)
      return nil
    }
  }

  private static func ambiguous(_ text: String, _ names: [String]) -> ProjectProblem {
    let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    return ProjectProblem(
      code: "ambiguous-selector", message: "`\(text)` names \(names.count) things",
      advice: "write one of \(shown)" + (names.count > 5 ? ", …" : ""))
  }
}

/// A selector of the form `A..B`.
struct SelectorRange: Sendable, Hashable {
  var text: String
  /// Nil where the range is open.
  var lower: String?
  var upper: String?

  /// Takes a selector apart, or gives nil if it is no range.
  init?(_ text: String) {
    var index = text.startIndex
    while let dot = text[index...].firstIndex(of: ".") {
      let next = text.index(after: dot)
      guard next < text.endIndex else { return nil }
      if text[next] == "." {
        let before = String(text[..<dot])
        let after = String(text[text.index(after: next)...])
        if before.isEmpty && after.isEmpty { return nil }
        self.text = text
        lower = before.isEmpty ? nil : before
        upper = after.isEmpty ? nil : after
        return
      }
      index = next
    }
    return nil
  }
}
