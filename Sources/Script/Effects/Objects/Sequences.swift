import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE SEQUENCE`.
  mutating func readCreateSequence(_ statement: PgQuery__CreateSeqStmt) {
    guard let range = statement.sequence?.pointee else { return }
    let sequence = newRelation(range, .sequence)
    let condition: EffectCondition = statement.if_not_exists != 0 ? .ifNotExists : .always
    let settings = options(statement.n_options, statement.options)
    makeSequence(
      sequence, when: condition, ownedBy: owningColumn(settings),
      definition: string(range.relpersistence) == "u"
        ? "UNLOGGED \(sequenceText(settings) ?? "")" : sequenceText(settings))
  }

  /// `ALTER SEQUENCE`.
  mutating func readAlterSequence(_ statement: PgQuery__AlterSeqStmt) {
    guard let range = statement.sequence?.pointee else { return }
    let sequence = relation(range, .sequence)
    let settings = options(statement.n_options, statement.options)
    let start = effects.count
    use(sequence)
    if statement.missing_ok != 0 { makeConditional(since: start, on: sequence) }
    if let column = owningColumn(settings) {
      use(column)
      if known.contains(sequence) {
        known.releaseOwnership(of: sequence)
        known.insert(sequence, partOf: [column])
      }
    } else if settings.contains(where: { $0.name == "owned_by" }) {
      known.releaseOwnership(of: sequence)
    }
    lock(.shareRowExclusive, sequence)
    if settings.contains(where: { $0.name == "restart" }) {
      noteRepetition(.changes("the sequence starts over"))
    }
    let saysOwner = settings.contains { $0.name == "owned_by" }
    alter(
      sequence, when: statement.missing_ok != 0 ? .ifExists : .always, definition: sequenceText(settings),
      detail: saysOwner ? .sequence(SequenceDetail(ownedBy: owningColumn(settings))) : .none)
  }

  private func owningColumn(_ settings: [PgQuery__DefElem]) -> ObjectIdentity? {
    guard let parts = settings.first(where: { $0.name == "owned_by" })?.arg?.nameParts, parts.count > 1 else {
      return nil
    }
    let (owner, column) = relationAndPart(parts)
    return .column(owner.schema ?? "", owner.name, column)
  }

  private func sequenceText(_ settings: [PgQuery__DefElem]) -> String? {
    let texts = settings.map { option -> String in
      guard let value = option.arg else { return option.name.uppercased() }
      if value.kind == PG_QUERY__NODE__NODE_TYPE_NAME {
        return "AS \(type(value.pointee.type_name.pointee).text)"
      }
      if option.name == "owned_by" { return "OWNED BY \(owningColumn(settings)?.qualifiedName ?? "NONE")" }
      if option.name == "cycle" { return value.booleanValue == false ? "NO CYCLE" : "CYCLE" }
      return "\(option.name.uppercased()) \(Deparser.number(value))"
    }
    return texts.isEmpty ? nil : texts.sorted().joined(separator: " ")
  }
}
