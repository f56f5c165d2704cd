import Migrations
import Schema
import Script

extension StatementContext {
  /// Something that refers to an object.
  struct ObjectUser {
    /// What refers to it.
    var identity: ObjectIdentity
    /// Its entry before the statement.
    var entry: LintSchema.Entry
    /// Whether it finds the object by name each time it runs, as functions do, and not once and for all.
    var isLateBound: Bool
  }

  /// What refers to an object and is no part of it, in order.
  func users(of object: ObjectIdentity) -> [ObjectUser] {
    let loose = object.loose
    // Another routine of that name may be meant.
    if loose.kind == .function, schema.objects.keys.contains(where: { $0 != object && $0.loose == loose }) {
      return []
    }
    let readers = triggerFunctions(reading: object)
    return schema.objects.filter { one, entry in
      entry.isCertain && (entry.needs.contains(loose) || readers.contains(one)) && one.loose != loose
        && !one.isPart(of: object)
    }
    .sorted { $0.key < $1.key }
    .map { one, entry in
      ObjectUser(
        identity: one, entry: entry, isLateBound: one.kind == .function || one.kind == .procedure)
    }
  }

  /// The functions that name a column as one of the row (`NEW.name`) for which a trigger of its table calls them, and go on calling them.
  ///
  /// What triggers of several tables call may name it for another one.
  private func triggerFunctions(reading column: ObjectIdentity) -> Set<ObjectIdentity> {
    guard column.kind == .column, let table = column.table else { return [] }
    var callers: [ObjectIdentity: Set<ObjectIdentity>] = [:]
    for (trigger, entry) in schema.objects where trigger.kind == .trigger && entry.isCertain {
      guard case .trigger(let detail) = entry.detail, let owner = trigger.table else { continue }
      let isKept = owner.loose != table.loose || final.objects[trigger] != nil
      if isKept { callers[detail.function.loose, default: []].insert(owner.loose) }
    }
    return Set(
      schema.objects.keys.filter { function in
        function.kind == .function && callers[function.loose] == [table.loose]
          && rowColumns(of: function).contains(column.name)
      })
  }

  private func rowColumns(of function: ObjectIdentity) -> Set<String> {
    guard let place = schema.objects[function]?.madeAt, place.comment == nil,
      facts.migrations.indices.contains(place.migration)
    else { return [] }
    let statements = facts.migrations[place.migration].script.statements
    guard statements.indices.contains(place.statement) else { return [] }
    return TriggerRows.columns(in: statements[place.statement].text)
  }

  /// Whether a later statement of the file makes an object, or one of that name, again.
  func isMadeAgain(_ object: ObjectIdentity) -> Bool {
    later.contains { statement in
      statement.effects.contains { $0.action == .creates && $0.object.loose == object.loose }
    }
  }

  /// Whether nobody has changed a user since, nor put back what it refers to, be it only for a while.
  func staysBroken(_ user: ObjectUser, without object: ObjectIdentity) -> Bool {
    // What a block may drop, or may fail to, is not said to stay.
    guard let last = final.objects[user.identity], last.isCertain == user.entry.isCertain else {
      return false
    }
    return last.changedAt == user.entry.changedAt
      && !isMadeAgain(object) && !final.objects.keys.contains { $0.loose == object.loose }
  }

  /// The names of users, at most three.
  static func names(_ users: [ObjectUser]) -> String {
    let shown = users.prefix(3).map(\.identity.description).joined(separator: ", ")
    return users.count > 3 ? "\(shown) and \(users.count - 3) more" : shown
  }
}
