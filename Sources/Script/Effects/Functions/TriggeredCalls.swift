import CPgQuery
import Schema

/// What a statement does through the triggers that it fires.
extension EffectReader {
  /// Marks a statement that writes rows whose triggers change objects: what they make of a row cannot be known.
  mutating func followTriggers(of references: References) {
    guard !isLateBound else { return }
    for use in references.relations where use.lock == .rowExclusive {
      let triggers = known.relation(use.relation.schema ?? "", use.relation.name)?.triggerFunctions ?? [:]
      for (name, function) in triggers.sorted(by: { $0.key < $1.key }) {
        let trigger = ObjectIdentity.trigger(use.relation.schema ?? "", use.relation.name, name)
        guard known.contains(trigger), changesObjects(function) else { continue }
        markOpaque("the trigger \(name) of \(use.relation.qualifiedName) changes objects")
      }
    }
  }

  /// Follows the event triggers that a command fires; `start` is where its own effects begin.
  mutating func followEventTriggers(of tag: String, since start: Int) {
    guard !known.eventTriggers.isEmpty, !isLateBound, !isInEventTrigger, effects.count > start else { return }
    for (name, trigger) in known.eventTriggers.sorted(by: { $0.key < $1.key }) {
      guard trigger.event != "sql_drop" || tag.hasPrefix("DROP") || tag.hasPrefix("ALTER"),
        trigger.tags.isEmpty || trigger.tags.contains(tag), changesObjects(trigger.function),
        known.contains(ObjectIdentity(.eventTrigger, name: name))
      else { continue }
      let made = effects[start...].filter { $0.action == .creates && $0.object.parent == nil }.map(\.object)
      isInEventTrigger = true
      follow(trigger.function, commands: made.map { DefinitionCommand($0, tag: tag) })
      isInEventTrigger = false
    }
  }
}

/// A row of `pg_event_trigger_ddl_commands()`.
struct DefinitionCommand: Sendable, Hashable {
  var tag: String
  var type: String
  var schema: String?
  var identity: String

  /// The row of an object that a command has made.
  init(_ object: ObjectIdentity, tag: String) {
    // A command that makes a table may make sequences and indexes too, each a command of its own.
    switch object.kind {
    case .index: self.tag = "CREATE INDEX"
    case .sequence: self.tag = "CREATE SEQUENCE"
    default: self.tag = tag
    }
    type = object.kind.rawValue
    schema = object.schema
    identity = object.qualifiedName
  }

  /// The columns of the row.
  var values: [String: ConstantValue] {
    [
      "command_tag": .text(tag), "object_type": .text(type), "object_identity": .text(identity),
      "schema_name": schema.map { .text($0) } ?? .null, "in_extension": .text("f"),
    ]
  }
}
