import Schema
import Script

/// What CHECK constraints say of several columns of a row at once.
struct RowChecks {
  /// Pairs of columns that must differ (`a <> b`).
  private(set) var unequal: [(String, String)] = []
  private let presence: PresenceChecks

  init(_ checks: [String]) {
    presence = PresenceChecks(checks)
    for check in checks {
      var items = ExpressionItem.items(of: check)
      if items.first?.isWord("check") == true { items.removeFirst() }
      read(PolicyExpression(items: items))
    }
  }

  private mutating func read(_ expression: PolicyExpression) {
    switch expression {
    case .all(let parts): for part in parts { read(part) }
    case .condition(let condition): read(condition.plain)
    case .any, .not, .constant: return
    }
  }

  private mutating func read(_ items: [ExpressionItem]) {
    if items.count == 3, case .name(let left) = items[0], case .name(let right) = items[2], left.count == 1,
      right.count == 1, case .symbol(let symbol) = items[1], symbol == "<>" || symbol == "!="
    {
      unequal.append((left[0], right[0]))
    }
  }

  /// The columns that must get a value, and those that must get none, where some have one already.
  func presence(
    given known: Set<String>, certain: Set<String>
  ) -> (forced: Set<String>, absent: Set<String>) {
    presence.choice(given: known, certain: certain)
  }
}

/// The values by which a row belongs into a partition.
enum PartitionPlace {
  /// Column and SQL literal, for the table and those that it is a partition of; for a partitioned table those of its first
  /// partition.
  static func literals(of table: ObjectIdentity, in snapshot: Snapshot) -> [String: String] {
    var literals: [String: String] = [:]
    var current = snapshot[table]
    if case .relation(let detail)? = current?.detail, detail.isPartitioned {
      let partitions = snapshot.objects.values.filter { object in
        if case .relation(let own) = object.detail { own.parent == table } else { false }
      }
      current = partitions.sorted { $0.identity < $1.identity }.first ?? current
    }
    while let partition = current, case .relation(let detail) = partition.detail, let parent = detail.parent,
      let above = snapshot[parent]
    {
      let bounds = ActualDefinition.parts(of: partition) ?? []
      for key in ActualDefinition.parts(of: above) ?? [] where key.name.hasPrefix("partition key ") {
        let number = key.name.dropFirst("partition key ".count)
        let names = ["lower bound \(number)", "bound value \(number)"]
        guard case .word(let column) = key.value,
          case .expression(let literal)? = bounds.first(where: { names.contains($0.name) })?.value
        else { continue }
        literals[Identifier.unquoted(column)] = literal
      }
      current = above
    }
    return literals
  }
}

extension ObjectIdentity {
  /// The name of a relation, safe in any SQL.
  var sqlName: String {
    [schema, name].compactMap { $0 }.map(Identifier.alwaysQuoted).joined(separator: ".")
  }
}

extension AccessMatrix {
  /// The columns that an expression compares with who asks.
  func identityColumns(of table: ObjectIdentity, in expression: PolicyExpression) -> Set<String> {
    switch expression {
    case .constant: return []
    case .all(let parts), .any(let parts):
      return parts.reduce(into: []) { $0.formUnion(identityColumns(of: table, in: $1)) }
    case .not(let part): return identityColumns(of: table, in: part)
    case .condition(let condition):
      guard relations(in: condition).isEmpty else { return [] }
      return reader(table, as: AccessAsker(PolicyReader.signedIn)).comparedColumns(condition)
    }
  }

  /// The tables that an expression reads, in sub-selects and in the functions that it calls.
  func companions(of expression: String) -> [ObjectIdentity] {
    let condition = PolicyCondition(ExpressionItem.items(of: expression))
    var found = Set(relations(in: condition))
    for call in condition.calls where call.count == 2 {
      for function in functions[call] ?? [] {
        let body = PolicyCondition(ExpressionItem.items(of: snapshot[function]?.definition ?? ""))
        for name in body.names + body.calls {
          let candidate: ObjectIdentity? =
            switch name.count {
            case 1: relationsByName[.table(function.schema ?? "public", name[0])]
            case 2: relationsByName[.table(name[0], name[1])]
            default: nil
            }
          if let candidate, candidate.kind == .table { found.insert(candidate) }
        }
      }
    }
    return found.filter { $0.kind == .table }.sorted()
  }
}
