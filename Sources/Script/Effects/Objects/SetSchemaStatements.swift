import CPgQuery
import Schema

/// Objects that move from one schema to another.
extension EffectReader {
  /// `ALTER … SET SCHEMA`: the object leaves one schema and appears in another.
  mutating func readSetSchema(_ statement: PgQuery__AlterObjectSchemaStmt) {
    let schema = string(statement.newschema)
    use(ObjectIdentity(.schema, name: schema))
    let condition: EffectCondition = statement.missing_ok != 0 ? .ifExists : .always
    let old: ObjectIdentity?
    if let range = statement.relation?.pointee {
      old = relation(range, Self.relationKind(statement.object_type))
    } else {
      old = statement.object.flatMap { object(statement.object_type, $0) }
    }
    guard let old else { return }
    if condition == .always { noteRepetition(.fails("\(old) is gone")) }
    if statement.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION {
      known.extensionSchemas[old.name] = schema
      alter(old, definition: "SET SCHEMA \(schema)")
      return
    }
    if old.isRelation || old.kind == .sequence { lock(.accessExclusive, old) }
    var new = old
    new.schema = schema
    // Indexes and owned sequences go along.
    if old.isRelation, let oldSchema = old.schema {
      for index in known.relation(oldSchema, old.name)?.indexes ?? [] {
        if let relation = known.relations.removeValue(forKey: QualifiedName(oldSchema, index.name)) {
          known.relations[QualifiedName(schema, index.name)] = relation
        }
        rename(.index(oldSchema, index.name), to: .index(schema, index.name), when: condition)
      }
      for object in known.closure(ofDropping: old, cascade: false) where object.kind == .sequence {
        var moved = object
        moved.schema = schema
        renameKnown(object, to: moved)
        rename(object, to: moved, when: condition)
      }
    }
    renameKnown(old, to: new)
    rename(old, to: new, when: condition)
  }
}
