import JSON
import Migrations
import Schema

/// What a migration did to each object, as the history keeps it.
struct ChangeList: Sendable, Hashable {
  /// The migration.
  let migration: MigrationID
  /// A JSON array of its changes; what is null in a change is left out.
  let json: String

  /// Writes changes down; those of which only the words are known are left to the events.
  init(_ changes: [ObjectChange], by migration: MigrationID) {
    self.migration = migration
    let values = changes.compactMap { change -> JSONValue? in
      guard let identity = change.identity else { return nil }
      let members: [(String, String?)] = [
        ("change", change.kind.rawValue), ("kind", identity.kind.rawValue), ("schema", identity.schema),
        ("parent", identity.parent), ("name", identity.name), ("signature", identity.signature),
        ("before", change.before), ("after", change.after),
      ]
      return .object(members.compactMap { name, text in text.map { JSONValue.Member(name, .string($0)) } })
    }
    json = JSONValue.array(values).text
  }
}
