import Schema

/// Loops of PL/pgSQL: over constants they are unrolled, others may run any number of times.
extension ProceduralRun {
  mutating func performQueryLoop(
    _ variables: [String], _ query: String, _ body: [ProceduralStatement], with reader: inout EffectReader
  ) {
    if let rows = rowsOfKnownPolicies(query, reader) {
      reader.useText(query, variables: variableNames)
      repeatBody(body, over: rows.map { Self.bound($0, to: variables) }, with: &reader)
      reader.markOpaque("it goes over every policy that is there when it runs: \(Self.short(query))")
      reader.noteRepetition(.unknown("it goes over every policy that is there when it runs"))
      return
    }
    guard let rows = evaluation.rows(of: query) else {
      reader.useText(query, variables: variableNames)
      performLoop(over: query, variables: variables, body, with: &reader)
      return
    }
    // Several targets take the columns by position, which the row does not keep.
    guard variables.count == 1 else {
      performLoop(over: query, variables: variables, body, with: &reader)
      return
    }
    repeatBody(body, over: rows.map { Self.bound($0, to: variables) }, with: &reader)
  }

  /// What a round of a loop gives to its only variable.
  private static func bound(
    _ row: [String: ConstantValue], to variables: [String]
  ) -> [String: ConstantValue] {
    guard variables.count == 1 else { return [:] }
    var values: [String: ConstantValue] = [:]
    for (name, value) in row { values["\(variables[0]).\(name)"] = value }
    if row.count == 1, let value = row.values.first { values[variables[0]] = value }
    return values
  }

  /// The rows that a query over `pg_policies` has by what the files have made so far; nil for other queries.
  ///
  /// People drop all policies of a table in a loop over it, whatever their names. Others than the files' may be there too.
  private func rowsOfKnownPolicies(
    _ query: String, _ reader: EffectReader
  ) -> [[String: ConstantValue]]? {
    var evaluation = evaluation
    evaluation.policies = reader.known.policies.map { policy in
      ["schemaname": policy.schema, "tablename": policy.parent, "policyname": policy.name]
        .compactMapValues { $0.map { .text($0) } }
    }
    return evaluation.asksPolicies(query) ? evaluation.rows(of: query) : nil
  }

  /// Performs a loop's body once for each of these values.
  ///
  /// Where the body may leave a loop or block further out, and constants do not decide whether it does, how many rounds there
  /// are hangs on what is found in them.
  mutating func repeatBody(
    _ body: [ProceduralStatement], over values: [[String: ConstantValue]], with reader: inout EffectReader
  ) {
    guard Self.leavesByLabel(body) else {
      performRounds(body, over: values, with: &reader)
      return
    }
    let before = (run: self, reader: reader)
    mayHaveLeftLabelled = false
    performRounds(body, over: values, with: &reader)
    guard mayHaveLeftLabelled else {
      mayHaveLeftLabelled = before.run.mayHaveLeftLabelled
      return
    }
    (self, reader) = before
    mayHaveLeftLabelled = true
    performLoop(
      over: "constant values, until it ends", variables: values.flatMap(\.keys), body, with: &reader)
  }

  private mutating func performRounds(
    _ body: [ProceduralStatement], over values: [[String: ConstantValue]], with reader: inout EffectReader
  ) {
    let label = label
    self.label = nil
    let outer = reader.guarding
    let mayHaveLeftBefore = mayHaveLeftLoop
    mayHaveLeftLoop = false
    defer {
      reader.guarding = outer
      mayHaveLeftLoop = mayHaveLeftBefore
    }
    for round in values {
      rounds += 1
      guard rounds <= Self.mostRounds else {
        reader.markOpaque("it repeats too often to be followed")
        return
      }
      forget(Self.assigned(in: body))
      forget(Set(round.keys.map { String($0.prefix { $0 != "." }) }))
      evaluation.variables.merge(round) { $1 }
      if mayHaveLeftLoop {
        reader.guarding = outer.nesting([GuardQuestion(.other)], "unless the loop has ended before")
      }
      perform(body, with: &reader)
      if endsLoop(label) { break }
    }
    forget(Self.assigned(in: body))
  }

  /// Whether the round that was performed last ends its loop; what it leaves further out stays left.
  private mutating func endsLoop(_ label: String?) -> Bool {
    let left = leaving
    switch left {
    case nil: return false
    case .round?, .loop?:
      leaving = nil
      return left == .loop
    case .labelled(let name, let isExit)? where name == label:
      leaving = nil
      return isExit
    case .labelled?, .block?: return true
    }
  }

  /// Whether statements leave a loop or block by its label.
  private static func leavesByLabel(_ statements: [ProceduralStatement]) -> Bool {
    statements.contains { statement in
      switch statement {
      case .leaveLabelled: true
      case .labelled(_, let statement): leavesByLabel([statement])
      case .block(let body, let handlers): leavesByLabel(body + handlers.flatMap(\.body))
      case .conditional(let branches, let otherwise):
        leavesByLabel(branches.flatMap(\.body) + otherwise)
      case .forEach(_, _, let body), .forQuery(_, _, let body), .forInteger(_, _, _, let body),
        .loop(_, _, let body):
        leavesByLabel(body)
      default: false
      }
    }
  }

  /// A loop that runs an unknown number of times: its statements may take place.
  mutating func performLoop(
    over text: String, variables: [String], _ body: [ProceduralStatement], with reader: inout EffectReader
  ) {
    let outer = reader.guarding
    forget(Self.assigned(in: body).union(variables))
    _ = performBranch(
      body, under: outer.nesting([GuardQuestion(.other)], "for each of: \(Self.short(text))"), with: &reader)
    reader.guarding = outer
  }
}
