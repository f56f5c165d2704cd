import Migrations
import Schema

extension RequirementJudge {
  /// The extensions that migrations which are still to run install, and that the server cannot give: a failure each,
  /// because the migration cannot run there.
  public static func unavailableExtensions(
    of project: Project, statuses: [MigrationStatus], snapshot: Snapshot,
    selection: Set<MigrationID>? = nil
  ) -> [Finding] {
    project.unavailableExtensions(on: snapshot, statuses: statuses)
      .filter { selection?.contains($0.need.migration) ?? true }
      .map { unavailable in
        Finding(
          code: FindingCode.requirementExtension, severity: .failure, migration: unavailable.need.migration,
          object: ObjectIdentity(.extension, name: unavailable.need.name), message: unavailable.message,
          location: unavailable.need.location, advice: unavailable.advice)
      }
  }
}
