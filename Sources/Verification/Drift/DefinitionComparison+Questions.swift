import Schema
import Script

/// How the parts that only the server can compare are put to it.
extension DefinitionComparison {
  func pair(
    _ object: ObjectIdentity, _ difference: DefinitionDifference, _ found: SchemaObject, _ expected: [String],
    _ actual: String, _ searchPath: [String]?
  ) -> QueryPair? {
    let question = ExpressionQuestion(expected: expected, actual: actual, searchPath: searchPath)
    switch found.detail {
    case .column(let column):
      let scope = object.table.map { column.isGenerated ? PlanQuestion.Scope.row($0) : .nothing } ?? .nothing
      return question.pair(scope, as: column.type)
    case .policy, .constraint:
      return object.table.map { question.pair(.row($0)) }
    case .index(let index):
      return question.pair(.row(index.table))
    case .trigger:
      return object.table.map { question.pair(.trigger($0)) }
    case .relation where object.kind == .table || object.kind == .foreignTable:
      if difference.name.hasPrefix("partition key ") { return question.pair(.row(object.with(kind: .table))) }
      return question.pair(.nothing, as: typeOfBound(difference.name, of: found))
    case .relation:
      guard let schema = object.schema else { return nil }
      let columns = snapshot.objects.values.compactMap { column -> (Int, String)? in
        guard column.identity.kind == .column, column.identity.schema == schema,
          column.identity.parent == object.name, case .column(let detail) = column.detail
        else { return nil }
        return (detail.position, column.identity.name)
      }
      return PlanQuestion.query(
        expected: expected, actual: actual, columns: columns.sorted { $0.0 < $1.0 }.map(\.1),
        searchPath: searchPath)
    case .function where DefinitionParts.isOfBody(difference.name):
      return bodyPair(object, difference, found, expected, actual, searchPath)
    case .function:
      let number = difference.name.split(separator: " ").last.map(String.init) ?? ""
      let type = ActualDefinition.parts(of: found)?.first { $0.name == "type of argument \(number)" }?.value
        .text
      return type.map { question.pair(.nothing, as: $0) }
    case .sequence:
      return nil
    case .none:
      return pairOfOther(object, difference, found, expected, actual, searchPath)
    }
  }

  /// Over which names a part of a definition stands in the files; nil where that is not followed.
  func scope(of object: ObjectIdentity, _ part: String, _ found: SchemaObject) -> FormerNames.Scope? {
    switch found.detail {
    case .column(let column): .expression(over: column.isGenerated ? object.table : nil)
    case .policy, .constraint: .expression(over: object.table)
    case .index(let index): .expression(over: index.table)
    case .trigger: .expression(over: object.table, aliases: ["new", "old"])
    case .relation where object.kind == .table || object.kind == .foreignTable:
      .expression(over: part.hasPrefix("partition key ") ? object : nil)
    case .relation: .query
    case .function: DefinitionParts.isOfBody(part) ? nil : .expression(over: nil)
    case .sequence: nil
    case .none:
      switch object.kind {
      case .domain: .expression(over: nil)
      case .publicationMember: object.schema.map { .expression(over: .table($0, object.name)) }
      default: nil
      }
    }
  }

  private func pairOfOther(
    _ object: ObjectIdentity, _ difference: DefinitionDifference, _ found: SchemaObject, _ expected: [String],
    _ actual: String, _ searchPath: [String]?
  ) -> QueryPair? {
    let question = ExpressionQuestion(expected: expected, actual: actual, searchPath: searchPath)
    let parts = ActualDefinition.parts(of: found) ?? []
    switch object.kind {
    case .publicationMember:
      return object.schema.map { question.pair(.row(.table($0, object.name))) }
    case .statistics:
      guard let table = Self.relation(named: parts.first { $0.name == "table" }?.value.text) else {
        return nil
      }
      return question.pair(.row(table))
    case .role: return question.pair(.nothing)
    case .rule:
      guard let table = object.table else { return nil }
      if difference.name == "WHERE" {
        return question.pair(.rule(table, event: parts.first { $0.name == "event" }?.value.text ?? ""))
      }
      let row = "unnest(NULL::\(PlanQuestion.qualified(table))[])"
      return pairOfAction(
        difference, parts, expected, actual, inside: ["\(row) AS new", "\(row) AS old"], searchPath)
    default:
      guard let base = parts.first(where: { $0.name == "type" })?.value.text else { return nil }
      return difference.name == "default"
        ? question.pair(.nothing, as: base) : question.pair(.value(type: base))
    }
  }

  // MARK: Statements inside of others

  /// A piece of a statement in a rule or a body, over what surrounds it and the table that it changes.
  private func pairOfAction(
    _ difference: DefinitionDifference, _ parts: [DefinitionPart], _ expected: [String], _ actual: String,
    inside sources: [String], _ searchPath: [String]?
  ) -> QueryPair? {
    if case .query? = difference.expected {
      return PlanQuestion.query(
        expected: expected, actual: actual, inside: sources, as: typesWritten(difference.name, parts),
        searchPath: searchPath)
    }
    // `value 2 of action 1`, `value of stars in action 1`, `condition of statement 3 of the body`
    let words = difference.name.split(separator: " ").map(String.init)
    guard let label = Self.label(in: words) else { return nil }
    func part(_ name: String) -> String? { parts.first { $0.name == name }?.value.text }
    guard let table = Self.relation(named: part("table of \(label)")) else { return nil }
    // A row that is there already meets the one that was to be inserted.
    let isConflict = difference.name.contains("conflict of ")
    let sources =
      isConflict ? sources + ["unnest(NULL::\(PlanQuestion.qualified(table))[]) AS excluded"] : sources
    var column = words.count > 2 && words[0] == "value" && words[1] == "of" ? words[2] : nil
    if column == nil, words[0] == "value", let number = Int(words[1]) {
      let columns = part("columns of \(label)")?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
      column = columns.indices.contains(number - 1) ? columns[number - 1] : nil
    }
    var type: String?
    if let column, let schema = table.schema,
      case .column(let detail)? = snapshot[.column(schema, table.name, column)]?.detail
    {
      type = detail.type
    }
    guard part(label) != "INSERT" || isConflict else {
      return PlanQuestion.expression(
        expected: expected, actual: actual, over: .sources(sources), as: type, searchPath: searchPath)
    }
    // The table's own columns come before those of what surrounds the statement.
    let alias = Identifier.alwaysQuoted(part("alias of \(label)") ?? table.name)
    func select(_ text: String) -> String {
      let value = type.map { "CAST((\(text)) AS \($0))" } ?? "(\(text))"
      return "SELECT \(value) FROM ONLY \(PlanQuestion.qualified(table)) AS \(alias)"
    }
    return PlanQuestion.query(
      expected: expected.map(select), actual: select(actual), inside: sources, searchPath: searchPath)
  }

  /// The statement that a part is of, in words (`statement 3 of the body`).
  private static func label(in words: [String]) -> String? {
    words.lastIndex { $0 == "action" || $0 == "statement" }.map { words[$0...].joined(separator: " ") }
  }

  /// The types of the columns into which a query's answer is written: of the one in `value of a in action 1`, of all in
  /// `rows of action 1`; nil where they are not known.
  func typesWritten(_ name: String, _ parts: [DefinitionPart]) -> [String]? {
    let words = name.split(separator: " ").map(String.init)
    guard let label = Self.label(in: words) else { return nil }
    func part(_ name: String) -> String? { parts.first { $0.name == name }?.value.text }
    guard let table = Self.relation(named: part("table of \(label)")), let schema = table.schema else {
      return nil
    }
    func type(_ column: String) -> String? {
      guard case .column(let detail)? = snapshot[.column(schema, table.name, column)]?.detail else {
        return nil
      }
      return detail.type
    }
    if name.hasPrefix("value of "), words.count > 2 { return type(words[2]).map { [$0] } }
    guard name.hasPrefix("rows of "), let columns = part("columns of \(label)") else { return nil }
    let types = columns.split(separator: ",").map { type($0.filter { $0 != " " }) }
    return types.contains(nil) ? nil : types.compactMap { $0 }
  }

  /// A piece of a function's body, over the function's arguments.
  private func bodyPair(
    _ function: ObjectIdentity, _ difference: DefinitionDifference, _ found: SchemaObject,
    _ expected: [String], _ actual: String,
    _ searchPath: [String]?
  ) -> QueryPair? {
    let parts = ActualDefinition.parts(of: found) ?? []
    func text(_ name: String) -> String? { parts.first { $0.name == name }?.value.text }
    var columns: [String] = []
    var names: [Int: String] = [:]
    var number = 1
    while let type = text("type of argument \(number)") {
      if ["IN", "INOUT", "VARIADIC"].contains(text("mode of argument \(number)") ?? "IN") {
        let input = columns.count + 1
        let name = Identifier.alwaysQuoted(
          text("name of argument \(number)").map(Identifier.unquoted) ?? "$\(input)")
        names[input] = name
        columns.append("\(name) \(type)")
      }
      number += 1
    }
    let row = "pg_catalog.json_to_record(NULL::json) AS \(Identifier.alwaysQuoted(function.name))"
    let sources = columns.isEmpty ? [] : ["\(row)(\(columns.joined(separator: ", ")))"]
    let expected = expected.map { IdentifierRenaming.nameParameters($0, names) }
    let actual = IdentifierRenaming.nameParameters(actual, names)
    guard difference.name == "returned value" else {
      return pairOfAction(difference, parts, expected, actual, inside: sources, searchPath)
    }
    let isPlain = text("rows of the result") == nil && text("result") != nil
    return PlanQuestion.expression(
      expected: expected, actual: actual, over: .sources(sources), as: isPlain ? text("result") : nil,
      searchPath: searchPath)
  }

  // MARK: Partitions

  /// The type as which a value of a partition's bound is compared: that of the column of the parent's partition key.
  private func typeOfBound(_ part: String, of partition: SchemaObject) -> String? {
    guard case .relation(let detail) = partition.detail, let parent = detail.parent,
      let schema = parent.schema,
      let found = snapshot[parent]
    else { return nil }
    let number =
      part.hasPrefix("bound value ") ? "1" : part.split(separator: " ").last.map(String.init) ?? "1"
    let key = ActualDefinition.parts(of: found)?.first { $0.name == "partition key \(number)" }?.value
    guard case .word(let column)? = key,
      case .column(let type)? = snapshot[.column(schema, parent.name, Identifier.unquoted(column))]?.detail
    else { return nil }
    return type.type
  }

  /// The relation behind a qualified name in the server's words.
  static func relation(named name: String?) -> ObjectIdentity? {
    guard let parts = name?.split(separator: ".").map(String.init), parts.count == 2 else { return nil }
    return .table(parts[0], parts[1])
  }
}
