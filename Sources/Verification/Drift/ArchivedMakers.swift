import Migrations
import Schema

/// What archived migrations and superseded baselines would have left: on a database that was built by the archive, the
/// work of these files, though they never run there again.
struct ArchivedMakers {
  /// The archived migrations, then the baselines that cover them.
  private let stacks: [(fold: EffectFold, migrations: [Migration])]

  /// Follows the archived migrations in the project's order, and by themselves those that are superseded.
  init(_ project: Project, superseded: Set<MigrationID>) {
    let archived = project.migrations.filter { $0.place == .archived }
    let covering = project.migrations.filter { superseded.contains($0.id) && $0.place != .archived }
    stacks = [archived, covering].map { migrations in
      var fold = EffectFold(platform: project.platform)
      for migration in migrations { fold.fold(migration.script) }
      return (fold, migrations)
    }
  }

  /// The migration that says last what an object is, and where it says so; nil if none made it.
  func maker(of object: ObjectIdentity) -> (migration: MigrationID, location: FileLocation)? {
    for (fold, migrations) in stacks {
      let states = object.kin.compactMap { fold.objects[$0] }
      guard let state = states.first(where: { $0.existence != .absent }), let place = state.account?.place,
        migrations.indices.contains(place.migration)
      else { continue }
      let migration = migrations[place.migration]
      return (migration.id, FileLocation(file: migration.file, position: place.position))
    }
    return nil
  }
}

extension ObjectIdentity {
  /// The names under which a file may know it: what is a view to one statement is a table to another.
  var kin: [ObjectIdentity] {
    if kind.isRelation { return ObjectKind.relations.map(with(kind:)) }
    if ObjectKind.routines.contains(kind) { return ObjectKind.routines.map(with(kind:)) }
    if [.type, .domain].contains(kind) { return [.type, .domain].map(with(kind:)) }
    return [self]
  }
}
