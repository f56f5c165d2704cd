import CPgQuery
import Schema

/// Follows a PL/pgSQL block: constant loops are unrolled, conditions become guards, everything else stays open.
struct ProceduralRun {
  /// How many rounds of constant loops are followed before giving up.
  static let mostRounds = 5_000

  var evaluation = ConstantEvaluation()
  /// The questions to the catalog whose answers variables hold.
  private var answers: [String: GuardQuestion] = [:]
  let variableNames: Set<String>
  private let text: String?
  var rounds = 0
  /// What was left by what was performed last; nothing behind it runs.
  var leaving: Leaving?
  /// Whether a round so far may have ended the loop around.
  var mayHaveLeftLoop = false
  /// The label of the loop that is performed next.
  var label: String?
  /// Whether it has read the text of a routine's definition, which it may run again in other words.
  private var readsDefinitions = false
  /// Whether something may have been left by its label under a condition that constants do not decide.
  var mayHaveLeftLabelled = false

  /// What a statement leaves.
  enum Leaving: Equatable {
    /// This round of the loop around.
    case round
    /// The loop around.
    case loop
    /// The loop or block of this label, or for `CONTINUE` its round.
    case labelled(String, isExit: Bool)
    /// The whole block or function.
    case block

    /// Whether a label says what is left.
    var isLabelled: Bool { if case .labelled = self { true } else { false } }
  }

  /// - Parameter text: the block as a whole; nil if what it is about may be handed in.
  init(variableNames: Set<String>, text: String?, constants: ConstantEvaluation = ConstantEvaluation()) {
    self.variableNames = variableNames
    self.text = text
    evaluation = constants
  }

  mutating func assign(_ expression: String, to variable: String) {
    let value = evaluation.value(of: expression)
    let template = value == nil ? evaluation.template(of: expression) : nil
    forget([variable])
    if let value {
      evaluation.variables[variable] = value
    } else {
      evaluation.templates[variable] = template
      var question = reading.question(of: expression)
      if question.asked == .other, CatalogGuard.isNullWhereMissing(expression) { question.asked = .exists }
      if question.asked != .other { answers[variable] = question }
    }
  }

  private var reading: GuardReading {
    GuardReading(evaluation: evaluation, answers: answers, variables: variableNames)
  }

  mutating func forget(_ variables: some Sequence<String>) {
    for name in variables {
      answers[name] = nil
      evaluation.templates[name] = nil
      evaluation.variables = evaluation.variables.filter { $0.key != name && !$0.key.hasPrefix(name + ".") }
    }
  }

  mutating func perform(_ statements: [ProceduralStatement], with reader: inout EffectReader) {
    let before = reader.guarding
    performInOrder(statements, with: &reader)
    reader.guarding = before
  }

  /// Performs one statement after the other; what an early `RETURN` puts under a condition stays so behind them.
  mutating func performInOrder(_ statements: [ProceduralStatement], with reader: inout EffectReader) {
    var texts: BranchedTexts?
    for (place, statement) in statements.enumerated() {
      if leaving != nil { break }
      if texts?.perform(statement, with: &reader) == true {
        forget(Self.assigned(in: [statement]))
      } else {
        let next =
          texts == nil
          ? BranchedTexts(statement, before: statements[(place + 1)...], in: self, under: reader.guarding)
          : nil
        perform(statement, with: &reader)
        if let next {
          texts = next
          continue
        }
      }
      texts?.note(statement)
    }
  }

  mutating func perform(_ statement: ProceduralStatement, with reader: inout EffectReader) {
    if statement.readsDefinition { readsDefinitions = true }
    switch statement {
    case .block(let body, let handlers):
      performBlock(body, handlers, with: &reader)
    case .conditional(let branches, let otherwise):
      performConditional(branches, otherwise, with: &reader)
    case .sql(let text, let targets):
      performQuery(text, into: targets, with: &reader)
    case .execute(let expression, let targets):
      forget(targets)
      guard case .text(let text)? = evaluation.value(of: expression) else {
        reader.markOpaque("it executes a text that is made when it runs: \(Self.short(expression))")
        reader.noteRepetition(.unknown("it executes a text that is made when it runs"))
        if let template = evaluation.template(of: expression) { reader.readTemplate(template) }
        if readsDefinitions { reader.noteRedefinition(in: text) }
        return
      }
      let constants = reader.constants
      reader.constants = ConstantEvaluation()
      reader.readNested(text)
      reader.constants = constants
    case .assignment(let variable, let expression):
      if expression.isEmpty { forget([variable]) } else { assign(expression, to: variable) }
      useExpression(expression, with: &reader)
    case .forEach(let variable, let array, let body):
      guard let items = evaluation.items(of: array) else {
        performLoop(over: array, variables: [variable], body, with: &reader)
        return
      }
      repeatBody(body, over: items.map { [variable: .text($0)] }, with: &reader)
    case .forQuery(let variables, let query, let body):
      performQueryLoop(variables, query, body, with: &reader)
    case .forInteger(let variable, let lower, let upper, let body):
      guard case .text(let first)? = evaluation.value(of: lower),
        case .text(let last)? = evaluation.value(of: upper),
        let start = Int(first), let end = Int(last), start <= end, end - start < Self.mostRounds
      else {
        performLoop(over: "\(lower)..\(upper)", variables: [variable], body, with: &reader)
        return
      }
      repeatBody(body, over: (start...end).map { [variable: .text(String($0))] }, with: &reader)
    case .loop(let over, let variables, let body):
      performLoop(over: over, variables: variables, body, with: &reader)
    case .endOfTransaction:
      reader.transactionRule = .outsideOnly("COMMIT in \(reader.callers.last ?? "a DO block")")
    case .exit(let expression):
      useExpression(expression, with: &reader)
      leaving = .block
    case .leaveRound:
      leaving = .round
    case .leaveLoop:
      leaving = .loop
    case .leaveLabelled(let label, let isExit):
      leaving = .labelled(label, isExit: isExit)
    case .labelled(let name, let statement):
      label = name
      perform(statement, with: &reader)
      label = nil
      if leaving == .labelled(name, isExit: true) { leaving = nil }
    case .raisesError, .nothing:
      break
    }
  }

  private func useExpression(_ expression: String, with reader: inout EffectReader) {
    guard !expression.isEmpty else { return }
    let text = ProceduralStatement.statement(from: expression)
    reader.useText(text, variables: variableNames)
    // An expression runs the functions that it calls.
    reader.constants = evaluation
    _ = SyntaxTree.withStatements(of: text) { statements in
      for statement in statements { reader.followCalls(in: statement) }
    }
  }

  // MARK: Queries

  private mutating func performQuery(_ text: String, into targets: [String], with reader: inout EffectReader)
  {
    let templates = targets.isEmpty ? [] : evaluation.templates(ofOutputs: text)
    forget(targets)
    if templates.count == targets.count {
      for (target, template) in zip(targets, templates) { evaluation.templates[target] = template }
    }
    if let answer = catalogAnswer(of: text) {
      let question = reading.question(answer, text)
      for target in targets { answers[target] = question }
      if targets.isEmpty {
        answers["found"] = question.asking(.exists)
      }
    } else if targets.count == 1, let rows = evaluation.rows(of: text), let value = rows.first?.values.first {
      evaluation.variables[targets[0]] = value
    }
    reader.constants = evaluation
    reader.readNested(text)
  }

  /// What a query's answer says of the catalog, if it asks nothing else.
  private func catalogAnswer(of text: String) -> CatalogGuard? {
    let read = SyntaxTree.withStatements(of: text) { statements -> CatalogGuard? in
      guard statements.count == 1, let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
        CatalogGuard.readsOnlyCatalogs(node)
      else { return nil }
      let select = node.pointee.select_stmt.pointee
      guard let value = list(select.n_target_list, select.target_list).first else { return .exists }
      guard select.n_from_clause == 0 else {
        return value.pointee.res_target.pointee.val.flatMap(CatalogGuard.outputOfCount) ?? .exists
      }
      // SELECT EXISTS (…) and SELECT NOT EXISTS (…)
      let answer = CatalogGuard.classify(
        value.pointee.res_target.pointee.val.map(Deparser.expression) ?? "",
        variables: answers.mapValues(\.asked))
      return answer == .other ? nil : answer
    }
    return (try? read.get()) ?? nil
  }

  // MARK: Conditions

  private mutating func performConditional(
    _ branches: [(condition: String, body: [ProceduralStatement])], _ otherwise: [ProceduralStatement],
    with reader: inout EffectReader
  ) {
    // What constants decide is decided.
    var open: [(condition: String, body: [ProceduralStatement])] = []
    for branch in branches {
      switch evaluation.truth(of: branch.condition) {
      case false?: continue
      case true? where open.isEmpty:
        perform(branch.body, with: &reader)
        return
      default: open.append(branch)
      }
    }
    guard !open.isEmpty else {
      perform(otherwise, with: &reader)
      return
    }
    let outer = reader.guarding
    let reading = reading
    var remaining: Guard?
    for (place, branch) in open.enumerated() {
      useExpression(branch.condition, with: &reader)
      // A later branch also depends on the earlier ones.
      let asked =
        place == 0
        ? reading.questions(of: branch.condition).map { $0.settled(by: reader.known, evaluation) }
        : [GuardQuestion(.other)]
      let text = Self.short(branch.condition)
      let hasReturned = performBranch(branch.body, under: outer.nesting(asked, text), with: &reader)
      if hasReturned && branches.count == 1 && otherwise.isEmpty {
        remaining = outer.nesting([opposite(of: branch.condition, reader)], "not (\(text))")
      }
    }
    if !otherwise.isEmpty, let first = open.first {
      let asked = open.count == 1 ? opposite(of: first.condition, reader) : GuardQuestion(.other)
      _ = performBranch(
        otherwise, under: outer.nesting([asked], "not (\(Self.short(first.condition)))"), with: &reader)
    }
    // `IF … THEN RETURN; END IF;` puts everything behind it under the opposite condition.
    reader.guarding = remaining ?? outer
  }

  /// The question that is answered with yes where a condition does not hold.
  private func opposite(of condition: String, _ reader: EffectReader) -> GuardQuestion {
    reading.question(of: condition).negated.settled(by: reader.known, evaluation)
  }

  /// Performs statements that may or may not run, and says whether they end with a RETURN.
  mutating func performBranch(
    _ body: [ProceduralStatement], under condition: Guard, with reader: inout EffectReader
  ) -> Bool {
    reader.guarding = condition
    var inner = self
    inner.perform(body, with: &reader)
    rounds = inner.rounds
    forget(Self.assigned(in: body))
    noteLeaving(of: inner)
    return inner.leaving != nil
  }

  /// Notes that what may have been performed may have left what is around it.
  mutating func noteLeaving(of inner: ProceduralRun) {
    if inner.leaving == .loop || inner.mayHaveLeftLoop { mayHaveLeftLoop = true }
    if inner.leaving?.isLabelled ?? false || inner.mayHaveLeftLabelled { mayHaveLeftLabelled = true }
  }

  /// A condition on one line, cut where it gets long.
  static func short(_ text: String) -> String {
    let line = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
    return line.count > 120 ? String(line.prefix(119)) + "…" : line
  }

  /// The variables that statements change.
  static func assigned(in statements: [ProceduralStatement]) -> Set<String> {
    var found: Set<String> = []
    for statement in statements {
      switch statement {
      case .assignment(let variable, _): found.insert(variable)
      case .sql(_, let targets), .execute(_, let targets): found.formUnion(targets)
      case .block(let body, let handlers):
        found.formUnion(assigned(in: body + handlers.flatMap(\.body)))
      case .conditional(let branches, let otherwise):
        found.formUnion(assigned(in: branches.flatMap(\.body) + otherwise))
      case .forEach(let variable, _, let body), .forInteger(let variable, _, _, let body):
        found.formUnion(assigned(in: body).union([variable]))
      case .forQuery(let variables, _, let body), .loop(_, let variables, let body):
        found.formUnion(assigned(in: body).union(variables))
      case .labelled(_, let statement): found.formUnion(assigned(in: [statement]))
      case .endOfTransaction, .exit, .leaveRound, .leaveLoop, .leaveLabelled, .raisesError, .nothing: break
      }
    }
    return found
  }
}
