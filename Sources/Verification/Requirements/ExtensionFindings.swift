public import Migrations
import Schema

/// Which migrations that are still to run wait for extensions that the server cannot give.
public struct ExtensionWaits: Sendable {
  /// One extension, and who waits for it.
  public struct Wait: Sendable, Hashable {
    /// What the first migration that installs it needs, and why the server cannot give it.
    public var unavailable: UnavailableExtension
    /// The migrations that install it, and those that need one of these, in the order in which they run.
    public var migrations: [MigrationID]
  }

  /// The extensions, in the order in which they are first needed.
  public let waits: [Wait]

  /// Finds out who waits for what.
  public init(
    of project: Project, graph: RequirementGraph, statuses: [MigrationStatus], snapshot: Snapshot
  ) {
    let open = Set(
      statuses.filter { [.pending, .partial, .failed, .interrupted].contains($0.state) }.map(\.id))
    var waits: [Wait] = []
    for unavailable in project.unavailableExtensions(on: snapshot, statuses: statuses) {
      let id = unavailable.need.migration
      let waiting = [id] + graph.everythingThatNeeds(id).filter(open.contains)
      if let place = waits.firstIndex(where: { $0.unavailable.need.name == unavailable.need.name }) {
        waits[place].migrations += waiting.filter { !waits[place].migrations.contains($0) }
      } else {
        waits.append(Wait(unavailable: unavailable, migrations: waiting))
      }
    }
    self.waits = waits
  }

  /// The names of the extensions that a migration waits for.
  public func extensions(for migration: MigrationID) -> [String] {
    waits.filter { $0.migrations.contains(migration) }.map(\.unavailable.need.name)
  }

  /// A failure for each extension, because its migrations cannot run there.
  public func findings(selection: Set<MigrationID>? = nil) -> [Finding] {
    waits.filter { wait in selection.map { !$0.isDisjoint(with: wait.migrations) } ?? true }.map { wait in
      let need = wait.unavailable.need
      let others = wait.migrations.filter { $0 != need.migration }.map { "`\($0)`" }
      let waiting =
        others.isEmpty
        ? "" : "; \(others.joined(separator: ", ")) \(others.count == 1 ? "waits" : "wait") for it, too"
      return Finding(
        code: FindingCode.requirementExtension, severity: .failure, migration: need.migration,
        object: ObjectIdentity(.extension, name: need.name), message: wait.unavailable.message + waiting,
        location: need.location, advice: wait.unavailable.advice)
    }
  }
}
