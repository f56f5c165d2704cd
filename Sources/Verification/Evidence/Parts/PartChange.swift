import Schema
import Script

/// What an `ALTER` makes of the parts of its object's definition.
enum PartChange {
  /// The parts that an effect changes; nil for an alteration that is not followed.
  ///
  /// `nameOfCheck` gives the name that the server chooses for a check of a domain which the statement does not name.
  static func changes(
    by effect: Effect, in statement: Statement, nameOfCheck: () -> String
  ) -> [DefinitionChange]? {
    let clause = effect.definition ?? ""
    if let changes = Circumstances.changes(by: effect) { return changes }
    if let (old, new) = renamedPart(by: effect) {
      return [DefinitionChange(old, nil), DefinitionChange(new, nil)]
    }
    switch effect.object.kind {
    case .policy:
      return DefinitionReader.policyChange(clause)?.map { DefinitionChange($0) }
    case .trigger, .rule, .eventTrigger:
      return firing(clause).map { [DefinitionChange("firing", .word($0))] }
    case .constraint: return constraint(clause)
    case .column: return ColumnParts.changes(clause)
    case .function, .procedure: return RoutineParts.changes(clause)
    case .grant: return [DefinitionChange("option", nil)]
    case .statistics: return DefinitionReader.change("ALTER STATISTICS s \(clause)")
    case .foreignTable where clause.hasPrefix("OPTIONS ("):
      return DefinitionReader.change("ALTER FOREIGN TABLE t \(clause)")
    case .table, .foreignTable: return table(clause)
    case .index: return DefinitionReader.change("ALTER TABLE t \(clause)")
    case .view, .materializedView: return viewOptions(clause)
    case .sequence: return SequenceParts.changes(clause, effect.detail)
    case .domain: return domain(clause, nameOfCheck)
    case .type: return attribute(clause)
    case .role:
      return DefinitionReader.change("CREATE ROLE r \(DefinitionParts.withoutPassword(clause))")
    case .publication:
      return clause.range(ofMark: "publish") == nil
        ? nil
        : DefinitionParts.publication(clause).filter { $0.name != "tables" }.map { DefinitionChange($0) }
    case .foreignServer, .foreignDataWrapper, .userMapping, .textSearchDictionary, .textSearchConfiguration,
      .operator:
      return statement.tag.hasPrefix("ALTER ") ? DefinitionReader.change(statement.text) : nil
    default: return nil
    }
  }

  /// The part that gets another name, and that name, where an effect renames an attribute of a type or a check of a domain.
  static func renamedPart(by effect: Effect) -> (old: String, new: String)? {
    let (words, label) =
      effect.object.kind == .domain ? ("RENAME CONSTRAINT ", "check ") : ("RENAME ATTRIBUTE ", "attribute ")
    guard [.domain, .type].contains(effect.object.kind), let clause = effect.definition,
      clause.hasPrefix(words)
    else { return nil }
    let rest = String(clause.dropFirst(words.count))
    let old = DefinitionParts.firstName(of: rest)
    let new = String(rest.dropFirst(old.count + " TO ".count))
    guard effect.object.kind == .domain else { return (label + old, label + new) }
    return (label + Identifier.unquoted(old), label + Identifier.unquoted(new))
  }

  /// What the alteration of a table makes of the moment at which all its triggers fire, and whether it does so on its
  /// partitions too; nil for any other.
  static func firingOfTriggers(_ effect: Effect) -> (mode: String, reachesPartitions: Bool)? {
    guard effect.object.kind == .table || effect.object.kind == .foreignTable,
      var clause = effect.definition
    else { return nil }
    let reachesPartitions = !clause.hasSuffix(" ONLY")
    if !reachesPartitions { clause.removeLast(" ONLY".count) }
    switch clause {
    case "ENABLE TRIGGER ALL", "ENABLE TRIGGER USER": return ("enabled", reachesPartitions)
    case "DISABLE TRIGGER ALL", "DISABLE TRIGGER USER": return ("disabled", reachesPartitions)
    default: return nil
    }
  }

  /// When a trigger or a rule fires after `DISABLE TRIGGER` and its like; an event trigger goes by the catalog's letter.
  static func firing(_ clause: String) -> String? {
    for (words, mode) in [
      ("ENABLE REPLICA ", "on replicas"), ("ENABLE ALWAYS ", "always"), ("ENABLE ", "enabled"),
      ("DISABLE ", "disabled"),
    ] where clause.hasPrefix(words) {
      return mode
    }
    return DefinitionParts.firingModes[clause]
  }

  /// `VALIDATE CONSTRAINT`, `ALTER CONSTRAINT … DEFERRABLE`.
  static func constraint(_ clause: String) -> [DefinitionChange]? {
    if clause == "VALIDATE CONSTRAINT" { return [DefinitionChange("validation", nil)] }
    guard clause.hasPrefix("ALTER CONSTRAINT ") else { return nil }
    let deferral = String(clause.dropFirst("ALTER CONSTRAINT ".count))
    return [DefinitionChange("deferral", deferral == "NOT DEFERRABLE" ? nil : .word(deferral))]
  }

  private static func table(_ clause: String) -> [DefinitionChange]? {
    switch clause {
    case "SET LOGGED": return [DefinitionChange("persistence", nil)]
    case "SET UNLOGGED": return [DefinitionChange("persistence", .word("UNLOGGED"))]
    case _ where clause.hasPrefix("NO PARTITION OF "): return [DefinitionChange("parent", nil)]
    case _ where clause.hasPrefix("PARTITION OF "):
      return [DefinitionChange("parent", parentOfPartition(clause).map { .word($0) })]
        + boundOfPartition(clause).map { DefinitionChange($0) }
    case _ where clause.hasPrefix("NO INHERIT "): return [DefinitionChange("parent", nil)]
    case _ where clause.hasPrefix("INHERIT "):
      return [DefinitionChange("parent", .word(String(clause.dropFirst("INHERIT ".count))))]
    default: return DefinitionReader.change("ALTER TABLE t \(clause)")
    }
  }

  /// The table in `PARTITION OF parent FROM (1) TO (2)`; a name may hold any sign, a bound begins with one of four words.
  static func parentOfPartition(_ clause: String) -> String? {
    let marks = [" FROM (", " IN (", " WITH (", " DEFAULT"]
    guard let end = marks.compactMap({ clause.range(ofMark: $0) }).min() else { return nil }
    return String(clause[..<end].dropFirst("PARTITION OF ".count))
  }

  /// The bound in `PARTITION OF parent FROM (1) TO (2)`; nothing where it cannot be read.
  static func boundOfPartition(_ clause: String) -> [DefinitionPart] {
    guard let parent = parentOfPartition(clause) else { return [] }
    let bound = clause.dropFirst("PARTITION OF ".count + parent.count)
    let words = bound.hasPrefix(" DEFAULT") ? "DEFAULT" : "FOR VALUES\(bound)"
    return DefinitionReader.object("CREATE TABLE t PARTITION OF t \(words)") ?? []
  }

  /// `SET (security_invoker = true)`, `RESET (security_barrier)`.
  static func viewOptions(_ clause: String) -> [DefinitionChange]? {
    guard clause.hasPrefix("SET (") || clause.hasPrefix("RESET ("), clause.hasSuffix(")"),
      let start = clause.range(ofMark: "(")
    else { return nil }
    return clause[start...].dropFirst().dropLast().split(separator: ",").compactMap { option in
      let pair = option.split(separator: "=").map { $0.filter { $0 != " " } }
      guard let name = pair.first else { return nil }
      let value = clause.hasPrefix("RESET") ? "false" : pair.count > 1 ? pair[1] : "true"
      return DefinitionChange(name, DefinitionParts.viewOption(name, value)?.value)
    }
  }

  private static func domain(_ clause: String, _ nameOfCheck: () -> String) -> [DefinitionChange]? {
    if clause == "SET NOT NULL" { return [DefinitionChange("nullability", .word("NOT NULL"))] }
    if clause == "DROP NOT NULL" { return [DefinitionChange("nullability", nil)] }
    if clause == "DROP DEFAULT" || clause == "SET DEFAULT NULL" { return [DefinitionChange("default", nil)] }
    if clause.hasPrefix("SET DEFAULT ") {
      return [DefinitionChange("default", .expression(String(clause.dropFirst("SET DEFAULT ".count))))]
    }
    if clause.hasPrefix("ADD CHECK") {
      let name = Identifier.quoted(nameOfCheck())
      return DefinitionReader.change(
        "ALTER DOMAIN d ADD CONSTRAINT \(name) \(clause.dropFirst("ADD ".count))")
    }
    return DefinitionReader.change("ALTER DOMAIN d \(clause)")
  }

  /// `ADD ATTRIBUTE a integer`, `DROP ATTRIBUTE a`, `ALTER ATTRIBUTE a TYPE text`.
  private static func attribute(_ clause: String) -> [DefinitionChange]? {
    let words = [("ADD ATTRIBUTE ", " "), ("DROP ATTRIBUTE ", ""), ("ALTER ATTRIBUTE ", " TYPE ")]
    guard let (word, separator) = words.first(where: { clause.hasPrefix($0.0) }) else { return nil }
    let rest = String(clause.dropFirst(word.count))
    let name = DefinitionParts.firstName(of: rest)
    let type = separator.isEmpty ? nil : String(rest.dropFirst(name.count + separator.count))
    return [DefinitionChange("attribute \(name)", type.map { .type($0) })]
  }
}
