import Catalog
import Migrations
import Schema
import Script

/// Whether a migration can be sent as one message, and what it touches: said before it runs, from its effects alone.
///
/// It can where nothing has to stop between its statements, each of which is of a kind whose effects are known in full
/// and stay with the relations and routines that it names. Everything else (`DO`, renames, `CASCADE`, partitions, views,
/// types, settings, transactions of its own, COPY) runs statement by statement, with whole snapshots around it.
struct TouchForecast: Sendable, Hashable {
  /// The objects to look at before the commit.
  var touched = TouchedObjects()
  /// Whether code of the project may run, which can leave settings of the session behind.
  var runsCode = false
  /// The relations that it makes.
  private(set) var made: Set<ObjectIdentity> = []
  /// The relations that it changes, or locks against more than changes of their definition.
  private(set) var locked: Set<ObjectIdentity> = []

  private static let definitions: Set<String> = [
    "CREATE TABLE", "ALTER TABLE", "DROP TABLE", "CREATE INDEX", "DROP INDEX", "CREATE POLICY",
    "ALTER POLICY",
    "DROP POLICY", "CREATE TRIGGER", "DROP TRIGGER", "CREATE SEQUENCE", "CREATE FUNCTION", "CREATE PROCEDURE",
    "COMMENT", "GRANT", "REVOKE",
  ]
  private static let changesOfRows: Set<String> = ["INSERT", "UPDATE", "DELETE"]

  /// Foretells a migration; nil if it must run statement by statement.
  init?(_ step: PlanStep, in catalog: KnownCatalog) {
    guard case .single = step.mode, !step.statements.isEmpty else { return nil }
    var own: Set<ObjectIdentity> = []
    for statement in step.statements {
      guard statement.form == .sql, statement.opacity == nil, statement.transactionRule == .any else {
        return nil
      }
      if Self.changesOfRows.contains(statement.tag) {
        runsCode = true
      } else if !Self.definitions.contains(statement.tag) || Self.reachesFurther(statement) {
        return nil
      }
      for effect in statement.effects where effect.action != .uses {
        guard effect.renamedFrom == nil, take(effect.object, detail: effect.detail, in: catalog) else {
          return nil
        }
        if effect.action == .creates, [.table, .sequence].contains(effect.object.kind) {
          let relation = KnownCatalog.anchor(relation: effect.object)
          if effect.condition == .always { own.insert(relation) }
          if !catalog.hasRelation(relation) { made.insert(relation) }
        }
        // What is dropped takes along what hangs on it; what was there before may have more hanging on it.
        // A comment is found by the object that it is on. What the migration itself has made has what it gives it.
        let isOwn = catalog.relation(of: effect.object).map(own.contains) ?? false
        if effect.action == .drops
          || (!isOwn && (effect.action != .creates || effect.object.kind == .comment))
        {
          touched.kinds.formUnion([.policy, .trigger, .comment])
          touched.hasCommentsOnParts = true
        }
      }
      for lock in statement.locks where lock.mode > .accessShare {
        locked.insert(catalog.relation(of: lock.relation) ?? lock.relation)
      }
    }
    locked.formUnion(touched.relations)
    guard !touched.relations.isEmpty || !touched.routines.isEmpty else { return nil }
    if touched.relations.contains(where: { catalog.hasChildren($0) || catalog.hasRules($0) }) { return nil }
  }

  private mutating func take(_ object: ObjectIdentity, detail: ObjectDetail, in catalog: KnownCatalog) -> Bool
  {
    guard TouchedObjects.readableKinds.contains(object.kind) else { return false }
    touched.kinds.insert(object.kind)
    if object.kind == .comment, !Self.isCommentOnTable(object) { touched.hasCommentsOnParts = true }
    if case .index(let detail) = detail {
      touched.relations.insert(KnownCatalog.anchor(relation: detail.table))
      return true
    }
    if let relation = catalog.relation(of: object) {
      touched.relations.insert(relation)
      return true
    }
    if let routine = catalog.routine(of: object) {
      touched.routines.insert(routine)
      return true
    }
    return false
  }

  private static func isCommentOnTable(_ comment: ObjectIdentity) -> Bool {
    [ObjectKind.table, .column].contains { comment.signature == $0.rawValue }
  }

  /// Words by which a statement reaches objects that it does not name.
  private static let words = [
    "PARTITION", "INHERIT", " LIKE ", "SET SCHEMA", " OF ", " IN SCHEMA ",
  ].map { Array($0.utf8) }
  private static let cascade = Array("CASCADE".utf8)
  private static let drop = Array("DROP ".utf8)

  private static func reachesFurther(_ statement: Statement) -> Bool {
    guard
      ["CREATE TABLE", "ALTER TABLE", "GRANT", "REVOKE"].contains(statement.tag)
        || statement.tag.hasPrefix("DROP")
    else { return false }
    let text = capitals(statement.text)
    if words.contains(where: { holds($0, in: text) }) { return true }
    guard holds(cascade, in: text) else { return false }
    // Within a constraint, CASCADE is an action on rows.
    let isTable = statement.tag.hasSuffix("TABLE") && !statement.tag.hasPrefix("DROP")
    return !isTable || (statement.tag == "ALTER TABLE" && holds(drop, in: text))
  }

  /// The text in capitals, each run of white space one blank.
  private static func capitals(_ text: String) -> [UInt8] {
    var capitals: [UInt8] = []
    capitals.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): capitals.append(byte - 0x20)
      case 0x09...0x0D, 0x20: if capitals.last != 0x20 { capitals.append(0x20) }
      default: capitals.append(byte)
      }
    }
    return capitals
  }

  private static func holds(_ word: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      text[start] == first && text[start..<(start + word.count)].elementsEqual(word)
    }
  }
}
