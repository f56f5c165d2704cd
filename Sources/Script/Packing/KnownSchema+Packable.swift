import Schema

extension QualifiedName: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(try unpacker.text(), try unpacker.text())
  }

  func pack(into packer: inout Packer) {
    packer.pack(schema)
    packer.pack(name)
  }
}

extension KnownSchema.Relation: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(kind: try unpacker.value())
    columns = try unpacker.array()
    areColumnsKnown = try unpacker.flag()
    constraints = try unpacker.array()
    indexes = try unpacker.array()
    parents = try unpacker.array()
    children = try unpacker.array()
    isPartitioned = try unpacker.flag()
    rowTriggers = try unpacker.array()
    let names = try unpacker.array(String.self)
    let functions = try unpacker.array(ObjectIdentity.self)
    triggerFunctions = Dictionary(zip(names, functions), uniquingKeysWith: { first, _ in first })
    let replacing = try unpacker.array(ObjectIdentity.self)
    let replacements = try unpacker.array(KnownSchema.Replacement.self)
    self.replacements = Dictionary(zip(replacing, replacements), uniquingKeysWith: { first, _ in first })
    table = try unpacker.optional()
  }

  func pack(into packer: inout Packer) {
    packer.pack(kind)
    packer.pack(columns)
    packer.pack(areColumnsKnown)
    packer.pack(constraints)
    packer.pack(indexes)
    packer.pack(parents)
    packer.pack(children)
    packer.pack(isPartitioned)
    packer.pack(rowTriggers)
    packer.pack(Array(triggerFunctions.keys))
    packer.pack(Array(triggerFunctions.values))
    packer.pack(Array(replacements.keys))
    packer.pack(Array(replacements.values))
    packer.pack(table)
  }
}

extension KnownSchema.RowTrigger: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(name: try unpacker.text(), definition: try unpacker.text(), detail: try unpacker.value())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(definition)
    packer.pack(detail)
  }
}

extension KnownSchema.Column: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      name: try unpacker.text(), type: try unpacker.text(), isNullable: try unpacker.flag(),
      notNullName: try unpacker.optional(), defaultExpression: try unpacker.optional(),
      identity: try unpacker.optional(), isGenerated: try unpacker.flag(), isVirtual: try unpacker.flag(),
      collation: try unpacker.optional(), typeIdentity: try unpacker.optional())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(type)
    packer.pack(isNullable)
    packer.pack(notNullName)
    packer.pack(defaultExpression)
    packer.pack(identity)
    packer.pack(isGenerated)
    packer.pack(isVirtual)
    packer.pack(collation)
    packer.pack(typeIdentity)
  }
}

extension KnownSchema.Constraint: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      name: try unpacker.text(), definition: try unpacker.text(), detail: try unpacker.value(),
      isInherited: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(definition)
    packer.pack(detail)
    packer.pack(isInherited)
  }
}

extension KnownSchema.Index: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      name: try unpacker.text(), definition: try unpacker.text(), nameColumns: try unpacker.array(),
      detail: try unpacker.value(), isExclusion: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(definition)
    packer.pack(nameColumns)
    packer.pack(detail)
    packer.pack(isExclusion)
  }
}

extension KnownSchema.Routine: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let identity = try unpacker.value(ObjectIdentity.self)
    let fewest = try unpacker.number()
    let most = try unpacker.number()
    guard fewest <= most else { throw UnpackingError() }
    let isVolatile = try unpacker.flag()
    self.init(
      identity: identity, acceptedCounts: fewest...most, isVolatile: isVolatile,
      program: try unpacker.optional())
  }

  func pack(into packer: inout Packer) {
    packer.pack(identity)
    packer.pack(acceptedCounts.lowerBound)
    packer.pack(acceptedCounts.upperBound)
    packer.pack(isVolatile)
    packer.pack(program)
  }
}

extension KnownSchema.EventTrigger: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      event: try unpacker.text(), tags: Set(try unpacker.array(String.self)), function: try unpacker.value())
  }

  func pack(into packer: inout Packer) {
    packer.pack(event)
    packer.pack(Array(tags))
    packer.pack(function)
  }
}

extension RoutineProgram: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      try unpacker.value(), parameters: try unpacker.array(), searchPath: try unpacker.optional(),
      changesObjects: try unpacker.flag(), calls: Set(try unpacker.array([String].self)))
  }

  func pack(into packer: inout Packer) {
    packer.pack(body)
    packer.pack(parameters)
    packer.pack(searchPath)
    packer.pack(changesObjects)
    packer.pack(Array(calls))
  }
}

extension RoutineProgram.Body: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let isProcedural = try unpacker.flag()
    let text = try unpacker.text()
    self = isProcedural ? .procedural(text) : .sql(text)
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .procedural(let text):
      packer.pack(true)
      packer.pack(text)
    case .sql(let text):
      packer.pack(false)
      packer.pack(text)
    }
  }
}

extension RoutineProgram.Parameter: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(name: try unpacker.optional(), defaultExpression: try unpacker.optional())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(defaultExpression)
  }
}
