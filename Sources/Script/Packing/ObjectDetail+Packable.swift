import Schema

extension ObjectDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .none
    case 1: self = .relation(try unpacker.value())
    case 2: self = .column(try unpacker.value())
    case 3: self = .index(try unpacker.value())
    case 4: self = .constraint(try unpacker.value())
    case 5: self = .function(try unpacker.value())
    case 6: self = .trigger(try unpacker.value())
    case 7: self = .policy(try unpacker.value())
    case 8: self = .sequence(try unpacker.value())
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .none: packer.pack(0)
    case .relation(let value):
      packer.pack(1)
      packer.pack(value)
    case .column(let value):
      packer.pack(2)
      packer.pack(value)
    case .index(let value):
      packer.pack(3)
      packer.pack(value)
    case .constraint(let value):
      packer.pack(4)
      packer.pack(value)
    case .function(let value):
      packer.pack(5)
      packer.pack(value)
    case .trigger(let value):
      packer.pack(6)
      packer.pack(value)
    case .policy(let value):
      packer.pack(7)
      packer.pack(value)
    case .sequence(let value):
      packer.pack(8)
      packer.pack(value)
    }
  }
}

extension RelationDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    let rows = try unpacker.optional(Int.self)
    let bytes = try unpacker.number()
    let isPartitioned = try unpacker.flag()
    let parent = try unpacker.optional(ObjectIdentity.self)
    let isSecurityInvoker = try unpacker.flag()
    self.init(
      estimatedRows: rows.map { Double(bitPattern: UInt64(bitPattern: Int64($0))) }, bytes: bytes,
      isPartitioned: isPartitioned, parent: parent, isSecurityInvoker: isSecurityInvoker,
      storage: try unpacker.optional(RelationStorage.self))
  }

  func pack(into packer: inout Packer) {
    packer.pack(estimatedRows.map { Int(Int64(bitPattern: $0.bitPattern)) })
    packer.pack(bytes)
    packer.pack(isPartitioned)
    packer.pack(parent)
    packer.pack(isSecurityInvoker)
    packer.pack(storage)
  }
}

extension RelationStorage: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      tablespace: try unpacker.optional(), accessMethod: try unpacker.optional(),
      clusteredOn: try unpacker.optional(), parent: try unpacker.optional(ObjectIdentity.self))
  }

  func pack(into packer: inout Packer) {
    packer.pack(tablespace)
    packer.pack(accessMethod)
    packer.pack(clusteredOn)
    packer.pack(parent)
  }
}

extension ColumnDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      position: try unpacker.number(), type: try unpacker.text(), isNullable: try unpacker.flag(),
      defaultExpression: try unpacker.optional(), identity: try unpacker.optional(),
      isGenerated: try unpacker.flag(), storage: try unpacker.optional(),
      compression: try unpacker.optional(), statistics: try unpacker.optional(), options: try unpacker.array()
    )
  }

  func pack(into packer: inout Packer) {
    packer.pack(position)
    packer.pack(type)
    packer.pack(isNullable)
    packer.pack(defaultExpression)
    packer.pack(identity)
    packer.pack(isGenerated)
    packer.pack(storage)
    packer.pack(compression)
    packer.pack(statistics)
    packer.pack(options)
  }
}

extension IndexDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      table: try unpacker.value(), isUnique: try unpacker.flag(), isPrimary: try unpacker.flag(),
      isValid: try unpacker.flag(), constraint: try unpacker.optional(), keys: try unpacker.array(),
      method: try unpacker.text(), operatorClasses: try unpacker.array(), bytes: try unpacker.number(),
      scans: try unpacker.number(), storage: try unpacker.optional(RelationStorage.self))
  }

  func pack(into packer: inout Packer) {
    packer.pack(table)
    packer.pack(isUnique)
    packer.pack(isPrimary)
    packer.pack(isValid)
    packer.pack(constraint)
    packer.pack(keys)
    packer.pack(method)
    packer.pack(operatorClasses)
    packer.pack(bytes)
    packer.pack(scans)
    packer.pack(storage)
  }
}

extension ConstraintDetail.Kind: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .primaryKey
    case 1: self = .unique
    case 2: self = .foreignKey
    case 3: self = .check
    case 4: self = .exclusion
    case 5: self = .notNull
    case 6: self = .trigger
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .primaryKey: packer.pack(0)
    case .unique: packer.pack(1)
    case .foreignKey: packer.pack(2)
    case .check: packer.pack(3)
    case .exclusion: packer.pack(4)
    case .notNull: packer.pack(5)
    case .trigger: packer.pack(6)
    }
  }
}

extension ConstraintDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      kind: try unpacker.value(), isValidated: try unpacker.flag(), columns: try unpacker.array(),
      referencedTable: try unpacker.optional(), referencedColumns: try unpacker.array())
  }

  func pack(into packer: inout Packer) {
    packer.pack(kind)
    packer.pack(isValidated)
    packer.pack(columns)
    packer.pack(referencedTable)
    packer.pack(referencedColumns)
  }
}

extension FunctionDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      result: try unpacker.optional(), language: try unpacker.text(), isSecurityDefiner: try unpacker.flag(),
      settings: try unpacker.array(), volatility: try unpacker.text())
  }

  func pack(into packer: inout Packer) {
    packer.pack(result)
    packer.pack(language)
    packer.pack(isSecurityDefiner)
    packer.pack(settings)
    packer.pack(volatility)
  }
}

extension TriggerDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(function: try unpacker.value(), enabled: try unpacker.text())
  }

  func pack(into packer: inout Packer) {
    packer.pack(function)
    packer.pack(enabled)
  }
}

extension PolicyDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      isPermissive: try unpacker.flag(), command: try unpacker.text(), roles: try unpacker.array(),
      using: try unpacker.optional(), check: try unpacker.optional())
  }

  func pack(into packer: inout Packer) {
    packer.pack(isPermissive)
    packer.pack(command)
    packer.pack(roles)
    packer.pack(using)
    packer.pack(check)
  }
}

extension SequenceDetail: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(ownedBy: try unpacker.optional(), isIdentity: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(ownedBy)
    packer.pack(isIdentity)
  }
}
