import CPgQuery
import Schema

/// What a table is beside its columns and constraints, taken apart.
enum RelationParts {
  static func table(_ statement: PgQuery__CreateStmt) -> [DefinitionPart]? {
    var parts: [DefinitionPart] = []
    if let bound = statement.partbound?.pointee { parts += self.bound(bound) }
    if let key = statement.partspec?.pointee {
      parts.append(DefinitionPart("partition strategy", .word(string(key.strategy).uppercased())))
      let elements = list(key.n_part_params, key.part_params).map { $0.pointee.partition_elem.pointee }
      for (place, element) in elements.enumerated() {
        parts += self.key(element, "partition key \(place + 1)")
      }
    }
    return parts + SettingParts.storage(options(statement.n_options, statement.options))
  }

  private static func key(_ element: PgQuery__PartitionElem, _ label: String) -> [DefinitionPart] {
    var parts: [DefinitionPart] = []
    if let name = nonEmpty(element.name) {
      parts.append(DefinitionPart(label, .word(Identifier.quoted(name))))
    } else if let expression = element.expr {
      let column = IndexParts.plainColumn(expression).map { DefinitionPart.Value.word(Identifier.quoted($0)) }
      parts.append(DefinitionPart(label, column ?? .expression(Deparser.expression(expression))))
    }
    let collation = names(element.n_collation, element.collation).joined(separator: ".")
    if !collation.isEmpty { parts.append(DefinitionPart("collation of \(label)", .name(collation))) }
    let operatorClass = names(element.n_opclass, element.opclass).joined(separator: ".")
    if !operatorClass.isEmpty {
      parts.append(DefinitionPart("operator class of \(label)", .name(operatorClass)))
    }
    return parts
  }

  /// The bound of a partition: each value a part, which the server must compare as the key's type.
  private static func bound(_ bound: PgQuery__PartitionBoundSpec) -> [DefinitionPart] {
    if bound.is_default != 0 { return [DefinitionPart("bound", .word("DEFAULT"))] }
    switch string(bound.strategy) {
    case "h":
      return [DefinitionPart("bound", .word("MODULUS \(bound.modulus) REMAINDER \(bound.remainder)"))]
    case "l": return values(list(bound.n_listdatums, bound.listdatums), "bound value")
    default:
      return values(list(bound.n_lowerdatums, bound.lowerdatums), "lower bound")
        + values(list(bound.n_upperdatums, bound.upperdatums), "upper bound")
    }
  }

  private static func values(_ nodes: [Node], _ label: String) -> [DefinitionPart] {
    nodes.enumerated().map { place, node in
      let label = "\(label) \(place + 1)"
      var value: Node? = node
      if node.kind == PG_QUERY__NODE__NODE_PARTITION_RANGE_DATUM {
        let datum = node.pointee.partition_range_datum.pointee
        switch datum.kind {
        case PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MINVALUE:
          return DefinitionPart(label, .word("MINVALUE"))
        case PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MAXVALUE:
          return DefinitionPart(label, .word("MAXVALUE"))
        default: value = datum.value
        }
      }
      // The grammar reads the two words as columns; only where the value is used are they told apart.
      if let value, let word = IndexParts.plainColumn(value)?.uppercased(),
        ["MINVALUE", "MAXVALUE"].contains(word)
      {
        return DefinitionPart(label, .word(word))
      }
      return DefinitionPart(label, .expression(value.map(Deparser.expression) ?? ""))
    }
  }

  /// `FULL`, `NOTHING`, `INDEX name`; nil for the default, which is the primary key.
  static func replicaIdentity(_ statement: PgQuery__ReplicaIdentityStmt) -> String? {
    switch string(statement.identity_type) {
    case "f": "FULL"
    case "n": "NOTHING"
    case "i": "INDEX \(string(statement.name))"
    default: nil
    }
  }
}
