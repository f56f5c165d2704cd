import Schema

/// Texts that the branches of a condition make and that are executed behind it.
///
/// `IF EXISTS (…) THEN s := 'ALTER POLICY …'; ELSE s := 'CREATE POLICY …'; END IF; EXECUTE s;` executes one text or the other:
/// it is read as if the `EXECUTE` stood in each branch.
struct BranchedTexts {
  /// The run before the condition.
  private var run: ProceduralRun
  private let guarding: Guard
  private let branches: [(condition: String, body: [ProceduralStatement])]
  private let otherwise: [ProceduralStatement]
  /// What was assigned since then, in order.
  private var assignments: [ProceduralStatement] = []
  /// The variables whose values hang on the branch.
  private var variables: Set<String>

  /// How often one statement is followed so before giving up: in each branch it may branch again.
  private static let mostOfStatement = 64

  /// What hangs on the branches of a statement; nil if it is no condition, or leaves no variables behind.
  init?(
    _ statement: ProceduralStatement, before rest: ArraySlice<ProceduralStatement>, in run: ProceduralRun,
    under guarding: Guard
  ) {
    guard case .conditional(let branches, let otherwise) = statement else { return nil }
    variables = ProceduralRun.assigned(in: [statement])
    guard !variables.isEmpty, rest.contains(where: \.executesText),
      branches.contains(where: { run.evaluation.truth(of: $0.condition) == nil })
    else { return nil }
    self.run = run
    self.guarding = guarding
    self.branches = branches.map { (condition: $0.condition, body: Self.assignments(in: $0.body)) }
    self.otherwise = Self.assignments(in: otherwise)
  }

  /// Reads a statement in each branch, if it executes a text that hangs on them.
  ///
  /// - Returns: whether it did.
  mutating func perform(_ statement: ProceduralStatement, with reader: inout EffectReader) -> Bool {
    guard reader.branchings < Self.mostOfStatement, statement.executes(textOf: variables) else {
      return false
    }
    reader.branchings += 1
    let before = reader.guarding
    reader.guarding = guarding
    let rest = assignments + [statement]
    var inner = run
    inner.perform(
      .conditional(
        branches: branches.map { (condition: $0.condition, body: $0.body + rest) },
        otherwise: otherwise + rest),
      with: &reader)
    reader.guarding = before
    return true
  }

  /// Takes in what a statement behind the condition assigns.
  mutating func note(_ statement: ProceduralStatement) {
    let assigned = Self.assignments(in: [statement])
    guard !assigned.isEmpty else { return }
    assignments += assigned
    for case .assignment(let variable, let expression) in assigned
    where variables.contains(where: { Identifier.isNamed($0, in: expression) }) {
      variables.insert(variable)
    }
    for case .conditional in assigned { variables.formUnion(ProceduralRun.assigned(in: assigned)) }
  }

  /// What statements assign, and where they end, without anything that they do.
  private static func assignments(in statements: [ProceduralStatement]) -> [ProceduralStatement] {
    statements.compactMap { statement in
      switch statement {
      case .assignment, .exit, .leaveRound, .leaveLoop, .leaveLabelled, .raisesError: return statement
      case .conditional(let branches, let otherwise):
        let kept = branches.map { (condition: $0.condition, body: assignments(in: $0.body)) }
        let rest = assignments(in: otherwise)
        return rest.isEmpty && kept.allSatisfy(\.body.isEmpty)
          ? nil : .conditional(branches: kept, otherwise: rest)
      default:
        // What else gives a variable a value leaves it unknown.
        let unknown = ProceduralRun.assigned(in: [statement]).sorted().map {
          ProceduralStatement.assignment(variable: $0, expression: "")
        }
        return unknown.isEmpty ? nil : .block(body: unknown, handlers: [])
      }
    }
  }
}

extension ProceduralStatement {
  /// Whether it executes texts, itself or in what is inside.
  fileprivate var executesText: Bool { executes { _ in true } }

  /// Whether it executes a text that is made of one of these variables.
  fileprivate func executes(textOf variables: Set<String>) -> Bool {
    executes { text in variables.contains { Identifier.isNamed($0, in: text) } }
  }

  private func executes(_ isMeant: (String) -> Bool) -> Bool {
    func anyExecutes(_ statements: [ProceduralStatement]) -> Bool {
      statements.contains { $0.executes(isMeant) }
    }
    switch self {
    case .execute(let text, _): return isMeant(text)
    case .block(let body, let handlers): return anyExecutes(body + handlers.flatMap(\.body))
    case .conditional(let branches, let otherwise): return anyExecutes(branches.flatMap(\.body) + otherwise)
    case .forEach(_, _, let body), .forQuery(_, _, let body), .forInteger(_, _, _, let body),
      .loop(_, _, let body):
      return anyExecutes(body)
    case .labelled(_, let statement): return statement.executes(isMeant)
    case .sql, .assignment, .endOfTransaction, .exit, .leaveRound, .leaveLoop, .leaveLabelled, .raisesError,
      .nothing:
      return false
    }
  }
}
