/// Looks up every name of a schema, and says what cannot be meant.
struct PrismaCheck {
  private let document: PrismaDocument
  private let names: PrismaNames
  private let sources: Set<String>
  private(set) var problems: [PrismaProblem] = []

  init(_ document: PrismaDocument, names: PrismaNames) {
    self.document = document
    self.names = names
    sources = Set(document.configurations.filter { $0.kind == .datasource }.map(\.name.text))
    for model in document.models { check(model) }
    for enumeration in document.enumerations { check(enumeration) }
    checkSchemas()
  }

  private mutating func add(_ message: String, _ location: PrismaLocation, _ advice: String? = nil) {
    problems.append(PrismaProblem(message, at: location, advice: advice))
  }

  // MARK: Blocks

  private static let blockAttributes = [
    "id", "unique", "index", "fulltext", "map", "schema", "ignore", "shardKey",
  ]
  private static let fieldAttributes = [
    "id", "unique", "default", "relation", "map", "updatedAt", "ignore", "shardKey",
  ]

  private mutating func check(_ model: PrismaModel) {
    var fields: Set<String> = []
    for field in model.fields {
      if !fields.insert(field.name.text).inserted {
        add("\"\(model.name.text)\" has a second field \"\(field.name.text)\"", field.name.location)
      }
      check(field, of: model)
    }
    let known = model.kind == .type ? [] : Self.blockAttributes
    var once: Set<String> = []
    for attribute in model.attributes {
      let name = attribute.name.text
      guard known.contains(name) else {
        add(
          "a \(model.kind.rawValue) has no attribute \"@@\(name)\"", attribute.name.location,
          Suggestion.question(name, among: known))
        continue
      }
      if !["unique", "index", "fulltext"].contains(name), !once.insert(name).inserted {
        add("\"@@\(name)\" is there twice", attribute.name.location)
      }
      switch name {
      case "id", "unique", "index", "fulltext": checkColumns(attribute, model)
      case "map": _ = text(attribute, "name")
      case "schema": _ = text(attribute, "map")
      default: break
      }
    }
    let ids = model.fields.filter { $0.attribute("id") != nil }
    if ids.count + model.attributes.count(where: { $0.name.text == "id" }) > 1 {
      add(
        "\"\(model.name.text)\" has more than one id", model.name.location,
        "several columns are one id with @@id([\(ids.map(\.name.text).joined(separator: ", "))])")
    }
  }

  private mutating func check(_ enumeration: PrismaEnumeration) {
    if enumeration.values.isEmpty {
      add("the enumeration \"\(enumeration.name.text)\" has no values", enumeration.name.location)
    }
    var values: Set<String> = []
    for value in enumeration.values {
      if !values.insert(value.name.text).inserted {
        add("\"\(enumeration.name.text)\" has a second value \"\(value.name.text)\"", value.name.location)
      }
      checkNames(of: value.attributes, among: ["map"], mark: "@")
    }
    checkNames(of: enumeration.attributes, among: ["map", "schema"], mark: "@@")
  }

  private mutating func checkNames(of attributes: [PrismaAttribute], among known: [String], mark: String) {
    for attribute in attributes {
      guard known.contains(attribute.name.text) else {
        add("there is no attribute \"\(mark)\(attribute.name.text)\" here", attribute.name.location)
        continue
      }
      _ = text(attribute, attribute.name.text == "map" ? "name" : "map")
    }
  }

  /// The text that an attribute must have.
  private mutating func text(_ attribute: PrismaAttribute, _ name: String) -> String? {
    guard let text = attribute.argument(name, or: 0)?.string, !text.isEmpty else {
      add("\"\(attribute.name.text)\" needs a name in quotes", attribute.name.location)
      return nil
    }
    return text
  }

  /// Under `schemas = […]` every block says which of them is its own.
  private mutating func checkSchemas() {
    guard let source = document.configurations.first(where: { $0.kind == .datasource }) else { return }
    let listed = source.value("schemas").map { $0.elements.compactMap(\.string) }
    let blocks =
      document.models.filter { $0.kind != .type }.map { ($0.name, $0.attributes) }
      + document.enumerations.map { ($0.name, $0.attributes) }
    for (name, attributes) in blocks {
      let attribute = attributes.first { $0.name.text == "schema" }
      switch (listed, attribute) {
      case (let listed?, let attribute?):
        if let schema = attribute.argument("map", or: 0)?.string, !listed.contains(schema) {
          add("the datasource does not list the schema \"\(schema)\"", attribute.name.location)
        }
      case (_?, nil):
        add(
          "\"\(name.text)\" says no schema, and the datasource lists several", name.location,
          "@@schema(\"…\")")
      case (nil, let attribute?):
        add("the datasource lists no schemas", attribute.name.location, "schemas = [\"public\", …]")
      case (nil, nil): break
      }
    }
  }

  // MARK: Fields

  private mutating func check(_ field: PrismaField, of model: PrismaModel) {
    var once: Set<String> = []
    for attribute in field.attributes {
      let name = attribute.name.text
      if !once.insert(name).inserted { add("\"@\(name)\" is there twice", attribute.name.location) }
      if name.contains(".") { continue }
      if !Self.fieldAttributes.contains(name) {
        add(
          "a field has no attribute \"@\(name)\"", attribute.name.location,
          Suggestion.question(name, among: Self.fieldAttributes))
      }
      if name == "map" { _ = text(attribute, "name") }
    }
    guard let target = names.target(of: field) else {
      guard case .named(let name) = field.type else { return }
      add(
        "there is no type \"\(name)\"", field.typeLocation, Suggestion.question(name, among: names.all))
      return
    }
    switch target {
    case .scalar(let scalar): checkNativeType(of: field, scalar)
    case .model(let other): checkRelation(field, of: model, to: other)
    case .composite(let type):
      if model.kind != .type {
        add(
          "\"\(type.name.text)\" is a composite type, which PostgreSQL's connector does not have",
          field.typeLocation)
      }
    case .enumeration, .unsupported: break
    }
    if field.attribute("relation") != nil {
      if case .model = target {} else { add("\"\(field.name.text)\" is no relation", field.name.location) }
    }
    if let value = field.attribute("default") { checkDefault(value, field, target) }
    if field.attribute("id") != nil, field.arity != .required {
      add("an id cannot be optional or a list", field.typeLocation)
    }
  }

  private mutating func checkNativeType(of field: PrismaField, _ scalar: String) {
    for attribute in field.attributes where attribute.name.text.contains(".") {
      let parts = attribute.name.text.split(separator: ".", maxSplits: 1).map(String.init)
      let place = attribute.name.location
      guard sources.contains(parts[0]) else {
        add("there is no datasource \"\(parts[0])\"", place, Suggestion.question(parts[0], among: sources))
        continue
      }
      guard let native = ColumnTypes.natives[parts[1]] else {
        add(
          "PostgreSQL has no native type \"\(parts[1])\"", place,
          Suggestion.question(parts[1], among: ColumnTypes.natives.keys))
        continue
      }
      if native.scalar != scalar {
        add("\"@\(attribute.name.text)\" is for fields of type \(native.scalar), not \(scalar)", place)
      }
      if !native.arguments.contains(attribute.arguments.count) {
        add("\"@\(attribute.name.text)\" has too many arguments", place)
      }
      for argument in attribute.arguments {
        if case .number = argument.value.kind { continue }
        add("\(argument.value.text) is no number", argument.value.location)
      }
    }
  }

  private mutating func checkDefault(
    _ attribute: PrismaAttribute, _ field: PrismaField, _ target: PrismaNames.Target
  ) {
    guard let value = attribute.argument("value", or: 0) else {
      add("\"@default\" needs a value", attribute.name.location)
      return
    }
    if case .function(let name, _) = value.kind {
      let known = DefaultValues.clientFunctions.union(DefaultValues.databaseFunctions)
      if !known.contains(name) {
        add("there is no function \"\(name)\"", value.location, Suggestion.question(name, among: known))
      }
      return
    }
    guard case .enumeration(let enumeration) = target else { return }
    let values = enumeration.values.map(\.name.text)
    for element in value.elements where !values.contains(element.constant ?? "") {
      add(
        "\"\(enumeration.name.text)\" has no value \(element.text)", element.location,
        element.constant.flatMap { Suggestion.question($0, among: values) })
    }
  }

  private mutating func checkRelation(_ field: PrismaField, of model: PrismaModel, to other: PrismaModel) {
    let hasOpposite = other.fields.contains { candidate in
      candidate.type == .named(model.name.text) && (other.name != model.name || candidate.name != field.name)
        && candidate.relationName == field.relationName
    }
    if !hasOpposite {
      add(
        "the relation \"\(field.name.text)\" has no field at its other end, in \"\(other.name.text)\"",
        field.name.location, "\(model.name.text.lowercased())s \(model.name.text)[]")
    }
    guard let relation = field.attribute("relation") else { return }
    let own = relation.argument("fields")
    let theirs = relation.argument("references")
    checkFields(own, model)
    checkFields(theirs, other)
    if let own, let theirs, own.elements.count != theirs.elements.count {
      add("\"fields\" and \"references\" are not equally many", relation.name.location)
    }
    // Lists of implicit relations said what they refer to before version 3.1.
    if (own == nil) != (theirs == nil), field.arity != .list {
      add("a relation has both \"fields\" and \"references\", or neither", relation.name.location)
    }
    for name in ["onDelete", "onUpdate"] {
      guard let action = relation.argument(name) else { continue }
      if ReferentialAction.sql[action.constant ?? ""] == nil {
        add(
          "there is no referential action \(action.text)", action.location,
          action.constant.flatMap { Suggestion.question($0, among: ReferentialAction.sql.keys) })
      }
    }
  }

  private mutating func checkColumns(_ attribute: PrismaAttribute, _ model: PrismaModel) {
    guard let fields = attribute.argument("fields", or: 0) else {
      add("\"@@\(attribute.name.text)\" needs a list of fields", attribute.name.location)
      return
    }
    checkFields(fields, model)
  }

  /// Looks up the fields of a list; paths into composite types are left alone.
  private mutating func checkFields(_ list: PrismaValue?, _ model: PrismaModel) {
    for element in list?.elements ?? [] {
      guard let name = element.fieldName else {
        add("\(element.text) is no field", element.location)
        continue
      }
      if name.contains(".") || model.fields.contains(where: { $0.name.text == name }) { continue }
      add(
        "\"\(model.name.text)\" has no field \"\(name)\"", element.location,
        Suggestion.question(name, among: model.fields.map(\.name.text)))
    }
  }
}

extension PrismaField {
  /// The attribute of a name, if it has it.
  func attribute(_ name: String) -> PrismaAttribute? { attributes.first { $0.name.text == name } }

  /// The name of a relation, if it has one.
  var relationName: String? { attribute("relation")?.argument("name", or: 0)?.string }
}

extension PrismaValue {
  /// The field that an element of a list names, with or without options.
  var fieldName: String? {
    switch kind {
    case .constant(let name), .function(let name, _): name
    default: nil
    }
  }
}

/// The referential actions, and what they are in SQL.
enum ReferentialAction {
  static let sql = [
    "Cascade": "CASCADE", "Restrict": "RESTRICT", "NoAction": "NO ACTION", "SetNull": "SET NULL",
    "SetDefault": "SET DEFAULT",
  ]
}
