import Schema
import Script

/// The parts of definitions that both sides have as details rather than as texts.
enum DefinitionParts {
  static func column(_ column: ColumnDetail, collation: String?) -> [DefinitionPart] {
    var parts = [
      DefinitionPart("type", .type(column.type)),
      DefinitionPart("nullability", .word(column.isNullable ? "NULL" : "NOT NULL")),
    ]
    if let expression = column.defaultExpression, column.isGenerated || !DefinitionReader.isNull(expression) {
      parts.append(DefinitionPart(column.isGenerated ? "generation" : "default", .expression(expression)))
    }
    if let identity = column.identity {
      parts.append(DefinitionPart("identity", .word(identity == "a" ? "ALWAYS" : "BY DEFAULT")))
    }
    if let collation, !["default", "pg_catalog.default"].contains(collation) {
      parts.append(DefinitionPart("collation", .name(collation)))
    }
    return parts
  }

  /// What is kept of a column beside what it is: how it is stored, what is gathered about it.
  static func keeping(_ column: ColumnDetail) -> [DefinitionPart] {
    var parts: [DefinitionPart] = []
    if let storage = column.storage { parts.append(DefinitionPart("storage", .word(storage))) }
    if let compression = column.compression {
      parts.append(DefinitionPart("compression", .word(compression)))
    }
    if let statistics = column.statistics {
      parts.append(DefinitionPart("statistics", .word(String(statistics))))
    }
    for option in column.options {
      let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { continue }
      parts.append(DefinitionPart("option \(pair[0])", .word(pair[1])))
    }
    return parts
  }

  /// The collation in the definition of a column: what stands behind the word, without quotes.
  static func collation(in definition: String?) -> String? {
    guard let definition, let start = definition.range(ofMark: " COLLATE ") else { return nil }
    let rest = definition[definition.index(start, offsetBy: " COLLATE ".count)...]
    var name = ""
    var isQuoted = false
    for character in rest {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " " && !isQuoted {
        break
      } else {
        name.append(character)
      }
    }
    return name
  }

  /// The collation that `TYPE type COLLATE name USING expression` gives; the expression may have its own.
  static func collation(ofType clause: String) -> String? {
    collation(in: clause.range(ofMark: " USING ").map { String(clause[..<$0]) } ?? clause)
  }

  static func policy(_ policy: PolicyDetail) -> [DefinitionPart] {
    let roles = policy.roles.isEmpty ? ["public"] : policy.roles.sorted()
    var parts = [
      DefinitionPart("kind", .word(policy.isPermissive ? "PERMISSIVE" : "RESTRICTIVE")),
      DefinitionPart("command", .word(policy.command.isEmpty ? "ALL" : policy.command.uppercased())),
      DefinitionPart("roles", .word(roles.joined(separator: ", "))),
    ]
    if let using = policy.using { parts.append(DefinitionPart("USING", .expression(using))) }
    if let check = policy.check { parts.append(DefinitionPart("WITH CHECK", .expression(check))) }
    return parts
  }

  /// The parts of a constraint with the referenced table as the detail knows it.
  static func constraint(_ parts: [DefinitionPart], _ detail: ConstraintDetail) -> [DefinitionPart] {
    guard let table = detail.referencedTable,
      let place = parts.firstIndex(where: { $0.name == "referenced table" })
    else { return parts }
    var parts = parts
    parts[place].value = .name([table.schema, table.name].compactMap { $0 }.joined(separator: "."))
    return parts
  }

  /// The parts of a trigger with the function as the detail knows it, and whether it fires.
  static func trigger(_ parts: [DefinitionPart], _ detail: TriggerDetail) -> [DefinitionPart] {
    var parts = parts
    let function = [detail.function.schema, detail.function.name].compactMap { $0 }.joined(separator: ".")
    if let place = parts.firstIndex(where: { $0.name == "function" }) { parts[place].value = .name(function) }
    return parts + [DefinitionPart("firing", .word(firingModes[detail.enabled] ?? detail.enabled))]
  }

  /// When triggers and rules fire, by the catalog's letters.
  static let firingModes = ["O": "enabled", "D": "disabled", "R": "on replicas", "A": "always"]

  /// Whether a part is one of a function's body in SQL.
  static func isOfBody(_ part: String) -> Bool { part == "returned value" || part.hasSuffix(" of the body") }

  /// Whether a part is the bound of a partition, or a value of it.
  static func isBound(_ part: String) -> Bool {
    part == "bound" || part.hasPrefix("bound value ") || part.hasPrefix("lower bound ")
      || part.hasPrefix("upper bound ")
  }

  /// The owner of a sequence and its numbers, from text such as `START 1 INCREMENT 5`.
  static func sequence(_ definition: String?, _ detail: SequenceDetail) -> [DefinitionPart] {
    var parts = [DefinitionPart("owner column", .word(detail.ownedBy?.qualifiedName ?? "none"))]
    let words = (definition ?? "").split(separator: " ").map(String.init)
    if words.first == "UNLOGGED" { parts.append(DefinitionPart("persistence", .word("UNLOGGED"))) }
    if let place = words.firstIndex(of: "AS"), words.indices.contains(place + 1) {
      parts.append(DefinitionPart("type", .type(words[place + 1])))
    }
    if let place = words.firstIndex(of: "CYCLE"), place == 0 || words[place - 1] != "NO" {
      parts.append(DefinitionPart("cycle", .word("CYCLE")))
    }
    for (name, word) in sequenceNumbers {
      guard let place = words.firstIndex(of: word), words.indices.contains(place + 1),
        Int(words[place + 1]) != nil
      else { continue }
      parts.append(DefinitionPart(name, .word(words[place + 1])))
    }
    return parts
  }

  /// What the numbers of a sequence are called, and the words before them.
  static let sequenceNumbers = [
    ("start", "START"), ("increment", "INCREMENT"), ("minimum", "MINVALUE"), ("maximum", "MAXVALUE"),
    ("cache", "CACHE"),
  ]

  /// The query of a view and the options that change what it answers, from text such as `WITH (a=b) AS …`.
  static func view(_ definition: String, query: String) -> [DefinitionPart] {
    var parts = [DefinitionPart("query", .query(query))]
    guard definition.hasPrefix("WITH ("), let end = definition.range(ofMark: ")") else { return parts }
    let start = definition.index(definition.startIndex, offsetBy: "WITH (".count)
    for option in definition[start..<end].split(separator: ",") {
      let pair = option.split(separator: "=").map { $0.filter { $0 != " " } }
      guard let name = pair.first else { continue }
      if let part = viewOption(name, pair.count > 1 ? pair[1] : "true") { parts.append(part) }
    }
    return parts
  }

  /// An option of a view; nil for what is the default, or does not change what the view answers.
  static func viewOption(_ name: String, _ value: String) -> DefinitionPart? {
    guard ["security_invoker", "security_barrier", "check_option"].contains(name) else { return nil }
    let words = ["on": "true", "1": "true", "yes": "true", "off": "false", "0": "false", "no": "false"]
    let value = words[value.lowercased()] ?? value.lowercased()
    return value == "false" ? nil : DefinitionPart(name, .word(value))
  }

  /// The query in the definition of a view, as the files or the catalog have it.
  static func query(ofView definition: String) -> String {
    var query = definition
    if let start = definition.range(ofMark: "AS\n"),
      definition.hasPrefix("AS\n") || definition.hasPrefix("WITH (")
    {
      query = String(definition[definition.index(start, offsetBy: "AS\n".count)...])
    } else if definition.hasPrefix("WITH ("), let end = definition.range(ofMark: ") AS ") {
      query = String(definition[definition.index(end, offsetBy: ") AS ".count)...])
    }
    if query.hasSuffix(";") { query.removeLast() }
    return query
  }

  /// A definition from the catalog without the mark of ours that says when it fires, and the word for it.
  static func withoutFiring(_ definition: String) -> (definition: String, mode: String) {
    for (mark, mode) in [(" [DISABLED]", "disabled"), (" [REPLICA]", "on replicas"), (" [ALWAYS]", "always")]
    where definition.hasSuffix(mark) {
      return (String(definition.dropLast(mark.count)), mode)
    }
    return (definition, "enabled")
  }

  /// Of a password the effect only says that there is one, which is no SQL.
  static func withoutPassword(_ definition: String?) -> String {
    (definition ?? "").split(separator: " ").filter { $0 != "PASSWORD" }.joined(separator: " ")
  }

  /// The name with which a text begins, with its quotes.
  static func firstName(of text: String) -> String {
    var isQuoted = false
    for place in text.indices {
      if text[place] == "\"" { isQuoted.toggle() }
      if text[place] == " ", !isQuoted { return String(text[..<place]) }
    }
    return text
  }

  /// The partition's bound, the partition key, the storage parameters of a table that is not foreign; what
  /// `CREATE TABLE AS` says is not read.
  static func ownParts(ofTable definition: String?) -> [DefinitionPart]? {
    guard var definition else { return [] }
    if definition.hasPrefix("UNLOGGED") { definition = String(definition.dropFirst("UNLOGGED".count)) }
    while definition.first == " " { definition.removeFirst() }
    let isPartition = definition.hasPrefix("FOR VALUES") || definition.hasPrefix("DEFAULT")
    return DefinitionReader.object("CREATE TABLE t \(isPartition ? "PARTITION OF t" : "()") \(definition)")
  }

  static func table(_ definition: String?, _ relation: RelationDetail) -> [DefinitionPart] {
    var parts: [DefinitionPart] = []
    if definition?.hasPrefix("UNLOGGED") == true {
      parts.append(DefinitionPart("persistence", .word("UNLOGGED")))
    }
    if relation.isPartitioned { parts.append(DefinitionPart("partitioning", .word("PARTITION BY"))) }
    if let parent = relation.parent { parts.append(DefinitionPart("parent", .word(parent.qualifiedName))) }
    return parts
  }

  static func enumeration(_ labels: [String]) -> [DefinitionPart] {
    [DefinitionPart("labels", .word(labels.joined(separator: ", ")))]
  }

  /// What a publication publishes, from text such as `FOR ALL TABLES PUBLISH (insert, update)`.
  static func publication(_ definition: String?) -> [DefinitionPart] {
    let definition = definition ?? ""
    var kinds = ["delete", "insert", "truncate", "update"]
    if let start = definition.range(ofMark: "PUBLISH (") ?? definition.range(ofMark: "publish = ") {
      let words = definition[start...].dropFirst("PUBLISH (".count).split(separator: ")").first ?? ""
      let known = Set(kinds)
      kinds = words.split { $0 == "," || $0 == " " || $0 == "'" || $0 == "=" }.map(String.init)
        .filter(known.contains).sorted()
    }
    var parts = [DefinitionPart("published changes", .word(kinds.joined(separator: ", ")))]
    if definition.hasPrefix("FOR ALL TABLES") { parts.append(DefinitionPart("tables", .word("ALL"))) }
    return parts
  }
}
