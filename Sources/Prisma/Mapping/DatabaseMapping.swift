import Schema

/// Makes of a schema without problems the database that it describes.
struct DatabaseMapping {
  private let document: PrismaDocument
  private let names: PrismaNames
  private let source: DataSource
  private(set) var database = PrismaDatabase()

  init(_ document: PrismaDocument, names: PrismaNames, source: DataSource) {
    self.document = document
    self.names = names
    self.source = source
    database.hasForeignKeys = source.hasForeignKeys
    database.schemas = Set(source.schemas ?? [source.defaultSchema])
    database.enumerations = document.enumerations.map { enumeration in
      PrismaEnumType(
        name: enumeration.name.text, location: enumeration.name.location, identity: identity(of: enumeration),
        labels: enumeration.values.map {
          PrismaEnumType.Label(
            value: $0.name.text, label: $0.attributes.mappedName ?? $0.name.text, location: $0.name.location)
        })
    }
    let models = document.models.filter { $0.kind != .type }
    database.tables = models.map { table(of: $0) }
    if source.hasForeignKeys {
      for (place, model) in models.enumerated() where model.kind == .model {
        database.tables[place].foreignKeys = model.fields.compactMap { foreignKey($0, of: model) }
      }
    }
    database.tables += relationTables(models)
  }

  // MARK: Names

  private func schema(_ attributes: [PrismaAttribute]) -> String {
    attributes.first { $0.name.text == "schema" }?.argument("map", or: 0)?.string ?? source.defaultSchema
  }

  private func identity(of enumeration: PrismaEnumeration) -> ObjectIdentity {
    ObjectIdentity(
      .type, schema: schema(enumeration.attributes),
      name: enumeration.attributes.mappedName ?? enumeration.name.text)
  }

  private func identity(of model: PrismaModel) -> ObjectIdentity {
    ObjectIdentity(
      model.kind == .view ? .view : .table, schema: schema(model.attributes),
      name: model.attributes.mappedName ?? model.name.text)
  }

  private func column(_ field: String, of model: PrismaModel) -> String {
    model.fields.first { $0.name.text == field }?.attributes.mappedName ?? field
  }

  // MARK: Tables

  private func table(of model: PrismaModel) -> PrismaTable {
    var table = PrismaTable(
      model: model.name.text, location: model.name.location, identity: identity(of: model))
    table.columns = model.fields.compactMap { column(of: $0, model) }
    guard model.kind == .model else { return table }
    let name = table.identity.name
    for field in model.fields {
      let key = PrismaIndex.Key(column: field.attributes.mappedName ?? field.name.text)
      if let attribute = field.attribute("id") {
        table.primaryKey = PrismaIndex(
          name: attribute.argument("map")?.string ?? ConstraintNames.primaryKey(name),
          location: attribute.name.location, keys: [key])
      }
      if let attribute = field.attribute("unique") {
        table.uniques.append(
          PrismaIndex(
            name: attribute.argument("map")?.string ?? ConstraintNames.unique(name, [key.column]),
            location: attribute.name.location,
            keys: [
              PrismaIndex.Key(
                column: key.column, isDescending: attribute.argument("sort")?.constant == "Desc")
            ], predicate: predicate(attribute, model)))
      }
    }
    for attribute in model.attributes {
      let keys = (attribute.argument("fields", or: 0)?.elements ?? []).map { key($0, model) }
      let columns = keys.map(\.column)
      var index = PrismaIndex(name: "", location: attribute.name.location, keys: keys)
      switch attribute.name.text {
      case "id":
        index.name = attribute.argument("map")?.string ?? ConstraintNames.primaryKey(name)
        table.primaryKey = index
      case "unique":
        index.name = attribute.argument("map")?.string ?? ConstraintNames.unique(name, columns)
        index.predicate = predicate(attribute, model)
        table.uniques.append(index)
      case "index":
        let given = attribute.argument("map") ?? attribute.argument("name")
        index.name = given?.string ?? ConstraintNames.index(name, columns)
        index.method = attribute.argument("type")?.constant?.lowercased() ?? "btree"
        index.predicate = predicate(attribute, model)
        table.indexes.append(index)
      default: break
      }
    }
    return table
  }

  private func predicate(_ attribute: PrismaAttribute, _ model: PrismaModel) -> String? {
    let columns = Dictionary(
      model.fields.map { ($0.name.text, $0.attributes.mappedName ?? $0.name.text) },
      uniquingKeysWith: { first, _ in first })
    return attribute.argument("where").flatMap { IndexPredicate.sql($0, columns: columns) }
  }

  private func key(_ element: PrismaValue, _ model: PrismaModel) -> PrismaIndex.Key {
    var key = PrismaIndex.Key(column: column(element.fieldName ?? "", of: model))
    guard case .function(_, let options) = element.kind else { return key }
    for option in options {
      switch option.name?.text {
      case "sort": key.isDescending = option.value.constant == "Desc"
      case "ops":
        if case .function("raw", let arguments) = option.value.kind {
          key.operatorClass = arguments.first?.value.string
        } else {
          key.operatorClass = option.value.constant
        }
      default: break
      }
    }
    return key
  }

  private func column(of field: PrismaField, _ model: PrismaModel) -> PrismaColumn? {
    var labels: [String: String]?
    var type: String
    switch names.target(of: field) {
    case .scalar(let scalar):
      type = ColumnTypes.column(
        scalar, native: field.attributes.first { $0.name.text.hasPrefix("\(source.name).") })
    case .enumeration(let enumeration):
      let identity = identity(of: enumeration)
      type = [identity.schema, identity.name].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
      labels = Dictionary(
        enumeration.values.map { ($0.name.text, $0.attributes.mappedName ?? $0.name.text) },
        uniquingKeysWith: { first, _ in first })
    case .unsupported(let text): type = TypeSpelling.canonical(text)
    case .model, .composite, nil: return nil
    }
    if field.arity == .list { type += "[]" }
    let attribute = field.attribute("default")
    var value = PrismaDefault.none
    if let given = attribute?.argument("value", or: 0) {
      value = DefaultValues.of(given, field: field, type: type, labels: labels)
    } else if field.attribute("updatedAt") != nil {
      value = .client("@updatedAt")
    }
    return PrismaColumn(
      field: field.name.text, location: field.name.location,
      name: field.attributes.mappedName ?? field.name.text,
      type: type, typeLocation: field.typeLocation,
      isNullable: field.arity == .list ? nil : field.arity == .optional,
      defaultValue: value, defaultLocation: attribute?.name.location ?? field.name.location)
  }

  // MARK: Relations

  private func foreignKey(_ field: PrismaField, of model: PrismaModel) -> PrismaForeignKey? {
    guard case .model(let other)? = names.target(of: field), let relation = field.attribute("relation"),
      let own = relation.argument("fields"), let theirs = relation.argument("references")
    else { return nil }
    let fields = own.elements.compactMap(\.fieldName)
    let columns = fields.map { column($0, of: model) }
    let isRequired =
      field.arity == .required
      || model.fields.contains { fields.contains($0.name.text) && $0.arity == .required }
    func action(_ name: String, _ ordinary: String) -> String {
      relation.argument(name)?.constant.flatMap { ReferentialAction.sql[$0] } ?? ordinary
    }
    let table = identity(of: model).name
    return PrismaForeignKey(
      field: field.name.text, location: field.name.location,
      name: relation.argument("map")?.string ?? ConstraintNames.foreignKey(table, columns), columns: columns,
      table: identity(of: other),
      referencedColumns: theirs.elements.compactMap(\.fieldName).map { column($0, of: other) },
      onDelete: action("onDelete", isRequired ? "RESTRICT" : "SET NULL"),
      onUpdate: action("onUpdate", "CASCADE"))
  }

  /// The tables of implicit many-to-many relations: `_` and the relation's name, with the columns `A` and `B`.
  private func relationTables(_ models: [PrismaModel]) -> [PrismaTable] {
    var tables: [PrismaTable] = []
    var done: Set<String> = []
    for model in models where model.kind == .model {
      for field in model.fields where field.arity == .list {
        guard case .model(let other)? = names.target(of: field),
          let partner = partner(of: field, model, other),
          partner.arity == .list
        else { continue }
        let first = model.name.text <= other.name.text ? model : other
        let second = model.name.text <= other.name.text ? other : model
        let name = field.relationName ?? "\(first.name.text)To\(second.name.text)"
        guard done.insert(name).inserted else { continue }
        tables.append(relationTable(name, field, first, second))
      }
    }
    return tables
  }

  /// The field at the other end of a relation.
  private func partner(of field: PrismaField, _ model: PrismaModel, _ other: PrismaModel) -> PrismaField? {
    other.fields.first { candidate in
      candidate.type == .named(model.name.text) && candidate.relationName == field.relationName
        && (model.name != other.name || candidate.name != field.name)
    }
  }

  private func relationTable(
    _ name: String, _ field: PrismaField, _ first: PrismaModel, _ second: PrismaModel
  ) -> PrismaTable {
    let table = "_\(name)"
    let location = field.name.location
    let identity = ObjectIdentity(.table, schema: schema(first.attributes), name: table)
    var result = PrismaTable(
      model: name, location: location, identity: identity, isRelationTable: true)
    for (column, model) in [("A", first), ("B", second)] {
      let key = model.fields.first { $0.attribute("id") != nil }
      let type = key.flatMap { self.column(of: $0, model)?.type }
      result.columns.append(
        PrismaColumn(
          field: column, location: location, name: column, type: type ?? "text", typeLocation: location,
          isNullable: false, defaultValue: .none, defaultLocation: location))
      guard source.hasForeignKeys else { continue }
      result.foreignKeys.append(
        PrismaForeignKey(
          field: column, location: location, name: ConstraintNames.foreignKey(table, [column]),
          columns: [column],
          table: self.identity(of: model),
          referencedColumns: [key.map { $0.attributes.mappedName ?? $0.name.text } ?? "id"],
          onDelete: "CASCADE",
          onUpdate: "CASCADE"))
    }
    let pair = [PrismaIndex.Key(column: "A"), PrismaIndex.Key(column: "B")]
    result.primaryKey = PrismaIndex(name: "\(table)_AB_pkey", location: location, keys: pair)
    result.indexes = [
      PrismaIndex(name: "\(table)_B_index", location: location, keys: [PrismaIndex.Key(column: "B")])
    ]
    return result
  }
}

extension [PrismaAttribute] {
  /// The name in the database that `@map` or `@@map` gives.
  var mappedName: String? { first { $0.name.text == "map" }?.argument("name", or: 0)?.string }
}
