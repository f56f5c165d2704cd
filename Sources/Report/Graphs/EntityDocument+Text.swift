import JSON
import Schema

extension EntityDocument {
  /// The tables with what each refers to and what refers to it.
  public var text: [String] {
    var lines: [String] = []
    for entity in entities {
      if !lines.isEmpty { lines.append("") }
      let note = entity.isPlatform ? "provided" : Counting.of(entity.columns.count, "column")
      lines.append("\(entity.object.qualifiedName) (\(note))")
      for relation in relations where relation.from == entity.object {
        let (one, many) = Self.cardinality(relation)
        let columns = relation.columns.joined(separator: ", ")
        lines.append(
          "  \(columns) → \(relation.to.qualifiedName)(\(relation.referenced.joined(separator: ", ")))  \(many):\(one)"
        )
      }
      for relation in relations where relation.to == entity.object && relation.from != entity.object {
        lines.append("  ← \(relation.from.qualifiedName)(\(relation.columns.joined(separator: ", ")))")
      }
    }
    lines.append("")
    lines.append(
      "\(Counting.of(entities.count { !$0.isPlatform }, "table")), \(Counting.of(relations.count, "foreign key"))"
    )
    return lines
  }

  /// The tables and foreign keys as one JSON document.
  public var json: JSONValue {
    [
      "title": .string(title),
      "tables": .array(
        entities.map { entity in
          [
            "table": .string(entity.object.qualifiedName), "provided": .boolean(entity.isPlatform),
            "columns": .array(
              entity.columns.map { column in
                [
                  "name": .string(column.name), "type": .string(column.type),
                  "nullable": .boolean(column.isNullable), "primary_key": .boolean(column.isPrimaryKey),
                  "foreign_key": .boolean(column.isForeignKey), "unique": .boolean(column.isUnique),
                ]
              }),
          ]
        }),
      "foreign_keys": .array(
        relations.map { relation in
          [
            "name": .string(relation.name), "from": .string(relation.from.qualifiedName),
            "columns": .array(relation.columns.map { .string($0) }),
            "to": .string(relation.to.qualifiedName),
            "referenced": .array(relation.referenced.map { .string($0) }),
            "optional": .boolean(relation.isOptional), "one_to_one": .boolean(relation.isOneToOne),
          ]
        }),
    ]
  }
}
