/// Loops of PL/pgSQL: over constants they are unrolled, others may run any number of times.
extension ProceduralRun {
  mutating func performQueryLoop(
    _ variables: [String], _ query: String, _ body: [ProceduralStatement], with reader: inout EffectReader
  ) {
    guard let rows = evaluation.rows(of: query) else {
      reader.useText(query, variables: variableNames)
      performLoop(over: query, variables: variables, body, with: &reader)
      return
    }
    let bound = rows.map { row -> [String: ConstantValue] in
      var values: [String: ConstantValue] = [:]
      if variables.count == 1 {
        for (name, value) in row { values["\(variables[0]).\(name)"] = value }
        if row.count == 1, let value = row.values.first { values[variables[0]] = value }
      }
      return values
    }
    // Several targets take the columns by position, which the row does not keep.
    guard variables.count == 1 else {
      performLoop(over: query, variables: variables, body, with: &reader)
      return
    }
    repeatBody(body, over: bound, with: &reader)
  }

  mutating func repeatBody(
    _ body: [ProceduralStatement], over values: [[String: ConstantValue]], with reader: inout EffectReader
  ) {
    for round in values {
      rounds += 1
      guard rounds <= Self.mostRounds else {
        reader.markOpaque("it repeats too often to be followed")
        return
      }
      forget(Self.assigned(in: body))
      forget(Set(round.keys.map { String($0.prefix { $0 != "." }) }))
      evaluation.variables.merge(round) { $1 }
      perform(body, with: &reader)
      if hasLeft { return }
    }
    forget(Self.assigned(in: body))
  }

  /// A loop that runs an unknown number of times: its statements may take place.
  mutating func performLoop(
    over text: String, variables: [String], _ body: [ProceduralStatement], with reader: inout EffectReader
  ) {
    let outer = Guard(reader)
    forget(Self.assigned(in: body).union(variables))
    _ = performBranch(body, under: outer.nesting(.other, "for each of: \(Self.short(text))"), with: &reader)
    outer.apply(to: &reader)
  }
}
