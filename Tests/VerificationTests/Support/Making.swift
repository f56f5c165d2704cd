import Migrations
import Schema
import Script

/// A migration of one statement for each list of effects.
func migration(_ id: String, place: Migration.Place = .active, _ statements: [Effect]...) -> Migration {
  Migration(
    id: MigrationID(id), version: String(id.prefix(3)), name: id, file: "\(id).sql", place: place,
    script: ParsedScript(
      statements: statements.enumerated().map { index, effects in
        Statement(
          index: index, text: "", byteRange: 0..<0, position: SourcePosition(line: index + 1, column: 1),
          tag: "",
          effects: effects)
      }))
}

/// A migration of what a file says.
func parsed(_ id: String, _ text: String) -> Migration {
  var copy = migration(id)
  var context = ScriptContext()
  copy.script = ScriptParser.parse(Array(text.utf8), in: &context)
  return copy
}

func column(
  _ table: String, _ name: String, _ type: String = "integer", isNullable: Bool = true,
  default expression: String? = nil
) -> SchemaObject {
  SchemaObject(
    identity: .column("public", table, name),
    detail: .column(
      ColumnDetail(position: 1, type: type, isNullable: isNullable, defaultExpression: expression)))
}

func table(_ name: String) -> SchemaObject {
  SchemaObject(identity: .table("public", name), detail: .relation(RelationDetail()), owner: "postgres")
}

func index(_ name: String, on table: String, _ keys: [String]) -> SchemaObject {
  SchemaObject(
    identity: .index("public", name),
    definition: "CREATE INDEX \(name) ON public.\(table) USING btree (\(keys.joined(separator: ", ")))",
    detail: .index(
      IndexDetail(
        table: .table("public", table), isUnique: false, isPrimary: false, isValid: true, keys: keys)))
}

func function(_ name: String, body: String) -> SchemaObject {
  SchemaObject(
    identity: .function("public", name, ""),
    definition:
      "CREATE OR REPLACE FUNCTION public.\(name)() RETURNS integer LANGUAGE sql AS $function$\(body)$function$",
    detail: .function(FunctionDetail(language: "sql")))
}

func policy(_ name: String, on table: String, using expression: String) -> SchemaObject {
  SchemaObject(
    identity: .policy("public", table, name),
    detail: .policy(PolicyDetail(command: "ALL", roles: ["public"], using: expression)))
}

/// The effect of making an object.
func creates(_ object: SchemaObject, when condition: EffectCondition = .always) -> Effect {
  Effect(.creates, object.identity, when: condition, definition: object.definition, detail: object.detail)
}

func drops(_ object: SchemaObject, when condition: EffectCondition = .always) -> Effect {
  Effect(.drops, object.identity, when: condition)
}

func alters(_ object: SchemaObject, _ clause: String) -> Effect {
  Effect(.alters, object.identity, definition: clause)
}
