import Schema

extension SourcePosition: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(line: try unpacker.number(), column: try unpacker.number())
  }

  func pack(into packer: inout Packer) {
    packer.pack(line)
    packer.pack(column)
  }
}

extension EffectAction: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .creates
    case 1: self = .alters
    case 2: self = .drops
    case 3: self = .uses
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .creates: packer.pack(0)
    case .alters: packer.pack(1)
    case .drops: packer.pack(2)
    case .uses: packer.pack(3)
    }
  }
}

extension EffectCondition: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .always
    case 1: self = .ifNotExists
    case 2: self = .ifExists
    case 3: self = .orReplace
    case 4: self = .guarded(try unpacker.text())
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .always: packer.pack(0)
    case .ifNotExists: packer.pack(1)
    case .ifExists: packer.pack(2)
    case .orReplace: packer.pack(3)
    case .guarded(let value):
      packer.pack(4)
      packer.pack(value)
    }
  }
}

extension Effect: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      try unpacker.value(), try unpacker.value(), when: try unpacker.value(), hosts: try unpacker.array(),
      definition: try unpacker.optional(), detail: try unpacker.value(), renamedFrom: try unpacker.optional(),
      isLateBound: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(action)
    packer.pack(object)
    packer.pack(condition)
    packer.pack(hosts)
    packer.pack(definition)
    packer.pack(detail)
    packer.pack(renamedFrom)
    packer.pack(isLateBound)
  }
}

extension PossibleEffect: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(try unpacker.value(), place: try unpacker.number())
  }

  func pack(into packer: inout Packer) {
    packer.pack(effect)
    packer.pack(place)
  }
}

extension LockMode: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    guard let mode = LockMode(rawValue: try unpacker.number()) else { throw UnpackingError() }
    self = mode
  }

  func pack(into packer: inout Packer) { packer.pack(rawValue) }
}

extension LockForecast: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      mode: try unpacker.value(), relation: try unpacker.value(), rewritesTable: try unpacker.flag(),
      scansTable: try unpacker.flag(), emptiesTable: try unpacker.flag())
  }

  func pack(into packer: inout Packer) {
    packer.pack(mode)
    packer.pack(relation)
    packer.pack(rewritesTable)
    packer.pack(scansTable)
    packer.pack(emptiesTable)
  }
}

extension Repetition: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .harmless
    case 1: self = .unknown(try unpacker.text())
    case 2: self = .changes(try unpacker.text())
    case 3: self = .fails(try unpacker.text())
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .harmless: packer.pack(0)
    case .unknown(let value):
      packer.pack(1)
      packer.pack(value)
    case .changes(let value):
      packer.pack(2)
      packer.pack(value)
    case .fails(let value):
      packer.pack(3)
      packer.pack(value)
    }
  }
}

extension TransactionRule: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .any
    case 1: self = .outsideOnly(try unpacker.text())
    case 2: self = .begin
    case 3: self = .commit
    case 4: self = .rollback
    case 5: self = .savepoint
    case 6: self = .usableAfterCommit(try unpacker.text())
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .any: packer.pack(0)
    case .outsideOnly(let value):
      packer.pack(1)
      packer.pack(value)
    case .begin: packer.pack(2)
    case .commit: packer.pack(3)
    case .rollback: packer.pack(4)
    case .savepoint: packer.pack(5)
    case .usableAfterCommit(let value):
      packer.pack(6)
      packer.pack(value)
    }
  }
}

extension StatementForm: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .sql
    case 1: self = .psqlCommand
    case 2: self = .copyData(try unpacker.value())
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .sql: packer.pack(0)
    case .psqlCommand: packer.pack(1)
    case .copyData(let value):
      packer.pack(2)
      packer.pack(value)
    }
  }
}

extension ScriptProblem.Kind: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .syntaxError
    case 1: self = .unknownSyntax
    case 2: self = .psqlCommand
    case 3: self = .psqlVariable
    case 4: self = .encoding
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .syntaxError: packer.pack(0)
    case .unknownSyntax: packer.pack(1)
    case .psqlCommand: packer.pack(2)
    case .psqlVariable: packer.pack(3)
    case .encoding: packer.pack(4)
    }
  }
}

extension ScriptProblem: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(
      kind: try unpacker.value(), message: try unpacker.text(), position: try unpacker.value(),
      line: try unpacker.text())
  }

  func pack(into packer: inout Packer) {
    packer.pack(kind)
    packer.pack(message)
    packer.pack(position)
    packer.pack(line)
  }
}
