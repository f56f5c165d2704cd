import CPgQuery
import Schema

/// What a statement does through the functions that it calls.
extension EffectReader {
  /// The routine that a call means, if only one of the project's can be meant.
  private func routine(_ call: PgQuery__FuncCall) -> KnownSchema.Routine? {
    guard let identity = calledFunction(call) else { return nil }
    return known.routines[QualifiedName(identity.schema ?? "", identity.name)]?.first {
      $0.identity == identity
    }
  }

  private func calledFunction(_ call: PgQuery__FuncCall) -> ObjectIdentity? {
    calledFunction(
      names(call.n_funcname, call.funcname), argumentCount: call.n_args,
      arguments: list(call.n_args, call.args))
  }

  /// The routines that may be meant by a name.
  private func routines(called parts: [String]) -> [KnownSchema.Routine] {
    guard let identity = calledFunction(parts, argumentCount: nil) else { return [] }
    return known.routines[QualifiedName(identity.schema ?? "", identity.name)] ?? []
  }

  /// Whether a call of this routine may make, change or drop objects, itself or through what it calls.
  private func changesObjects(_ routine: KnownSchema.Routine) -> Bool {
    var seen: Set<ObjectIdentity> = []
    var open = [routine]
    while let next = open.popLast() {
      guard seen.insert(next.identity).inserted, let program = next.program else { continue }
      if program.changesObjects { return true }
      open += program.calls.flatMap(routines(called:))
    }
    return false
  }

  /// Follows the calls of a query: those that run exactly once for each row of constants are performed, others that do
  /// something to objects cannot be known.
  ///
  /// - Returns: whether everything that is called was followed.
  @discardableResult
  mutating func followCalls(in node: Node) -> Bool {
    guard !isLateBound else { return false }
    let direct =
      node.kind == PG_QUERY__NODE__NODE_SELECT_STMT ? directCalls(node.pointee.select_stmt.pointee) : []
    var isComplete = true
    for call in BodySurvey.calls(in: node) {
      guard let routine = routine(call.pointee) else {
        guard let function = calledFunction(call.pointee) else { continue }
        isComplete = false
        if direct.contains(where: { $0.call == call }), !Self.leavesObjectsAlone(function) {
          markOpaque("it calls \(function.qualifiedName), whose body is not known")
        }
        continue
      }
      guard changesObjects(routine) else {
        isComplete = false
        continue
      }
      let runs = direct.filter { $0.call == call }
      guard !runs.isEmpty else {
        markOpaque("it calls \(routine.identity.qualifiedName) for its rows, which changes objects")
        noteRepetition(.unknown("it calls functions"))
        continue
      }
      for run in runs { follow(routine, call.pointee, in: run.constants) }
    }
    return isComplete
  }

  /// Whether a function that no file has made is known to do nothing to objects: those of the extensions that most
  /// people use, and of the platform.
  private static func leavesObjectsAlone(_ function: ObjectIdentity) -> Bool {
    function.schema.map(quietSchemas.contains) ?? false || WellKnownExtensions.provider(of: function) != nil
  }

  private static let quietSchemas: Set<String> = [
    "auth", "storage", "extensions", "cron", "net", "vault", "realtime", "graphql", "graphql_public",
    "supabase_functions",
  ]

  /// A call that runs, with what is constant where it stands.
  private struct DirectCall {
    var call: UnsafeMutablePointer<PgQuery__FuncCall>
    var constants: ConstantEvaluation
  }

  /// The calls of `SELECT f(…)`, `SELECT * FROM f(…)` and `SELECT f(x) FROM constants AS x`.
  private func directCalls(_ select: PgQuery__SelectStmt) -> [DirectCall] {
    guard select.where_clause == nil, select.n_group_clause == 0, select.limit_count == nil,
      select.limit_offset == nil, select.with_clause == nil, select.larg == nil, select.n_values_lists == 0
    else { return [] }
    var found: [DirectCall] = []
    let from = list(select.n_from_clause, select.from_clause)
    if from.count == 1, from[0].kind == PG_QUERY__NODE__NODE_RANGE_FUNCTION {
      let source = from[0].pointee.range_function.pointee
      for function in list(source.n_functions, source.functions) {
        if let call = Self.call(function.elements.first) {
          found.append(DirectCall(call: call, constants: constants))
        }
      }
    }
    for environment in constants.environments(of: select) ?? [] {
      for target in list(select.n_target_list, select.target_list) {
        guard let call = Self.call(target.pointee.res_target.pointee.val) else { continue }
        found.append(DirectCall(call: call, constants: environment))
      }
    }
    return found
  }

  private static func call(_ node: Node?) -> UnsafeMutablePointer<PgQuery__FuncCall>? {
    guard let node, node.kind == PG_QUERY__NODE__NODE_FUNC_CALL else { return nil }
    return node.pointee.func_call
  }

  /// `CALL`: a procedure of the project is followed.
  mutating func followProcedure(_ call: PgQuery__FuncCall) {
    guard let routine = routine(call), routine.program != nil else {
      markOpaque("what the procedure does is not followed")
      noteRepetition(.unknown("it calls a procedure"))
      return
    }
    follow(routine, call, in: constants)
    if !changesObjects(routine) { noteRepetition(.unknown("it calls a procedure")) }
  }

  // MARK: Bodies

  private mutating func follow(
    _ routine: KnownSchema.Routine, _ call: PgQuery__FuncCall, in outside: ConstantEvaluation
  ) {
    guard let program = routine.program else { return }
    let outer = (searchPath, constants, depth)
    callers.append(routine.identity.qualifiedName)
    defer {
      callers.removeLast()
      (constants, depth) = (outer.1, outer.2)
      if program.searchPath != nil { searchPath = outer.0 }
    }
    guard depth < Self.deepestNesting else {
      markOpaque("it runs code that runs code, too deep to follow")
      return
    }
    depth += 1
    let values = Self.arguments(of: call, program.parameters, outside)
    if let own = program.searchPath { searchPath = SearchPath(setting: own) }
    run(program, values)
  }

  /// Whether a function of the project may make, change or drop objects.
  func changesObjects(_ function: ObjectIdentity) -> Bool {
    known.routines[QualifiedName(function.schema ?? "", function.name)]?.first { $0.identity == function }
      .map(changesObjects) ?? false
  }

  /// Follows the function of an event trigger for the commands that fired it.
  mutating func follow(_ function: ObjectIdentity, commands: [DefinitionCommand]) {
    guard depth < Self.deepestNesting,
      let routine = known.routines[QualifiedName(function.schema ?? "", function.name)]?.first(where: {
        $0.identity == function
      }), let program = routine.program
    else { return }
    let outer = (searchPath, constants)
    callers.append(function.qualifiedName)
    depth += 1
    if let own = program.searchPath { searchPath = SearchPath(setting: own) }
    run(program, [:], commands: commands)
    depth -= 1
    callers.removeLast()
    constants = outer.1
    if program.searchPath != nil { searchPath = outer.0 }
  }

  private mutating func run(
    _ program: RoutineProgram, _ values: [String: ConstantValue], commands: [DefinitionCommand]? = nil
  ) {
    switch program.body {
    case .procedural(let definition):
      guard let block = ProceduralBlock.parse(definition) else {
        markOpaque("its PL/pgSQL cannot be read")
        return
      }
      let parameters = program.parameters.compactMap(\.name)
      var run = ProceduralRun(
        variableNames: block.variableNames.union(parameters),
        text: program.parameters.isEmpty ? definition : nil,
        constants: ConstantEvaluation(variables: values, commands: commands))
      for (name, expression) in block.defaults where !parameters.contains(name) {
        run.assign(expression, to: name)
      }
      run.perform(block.body, with: &self)
    case .sql(let text):
      constants = ConstantEvaluation(variables: values)
      readNested(text)
    }
  }

  /// The constant arguments of a call, by the parameters' names and numbers (`$1`).
  private static func arguments(
    of call: PgQuery__FuncCall, _ parameters: [RoutineProgram.Parameter], _ constants: ConstantEvaluation
  ) -> [String: ConstantValue] {
    var given: [Int: ConstantValue?] = [:]
    for (place, node) in list(call.n_args, call.args).enumerated() {
      if node.kind == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR {
        let named = node.pointee.named_arg_expr.pointee
        guard let place = parameters.firstIndex(where: { $0.name == string(named.name) }) else { continue }
        given[place] = .some(named.arg.flatMap { constants.value(of: $0) })
      } else {
        given[place] = .some(constants.value(of: node))
      }
    }
    var values: [String: ConstantValue] = [:]
    for (place, parameter) in parameters.enumerated() {
      let value = given[place] ?? parameter.defaultExpression.flatMap { ConstantEvaluation().value(of: $0) }
      guard let value else { continue }
      values["$\(place + 1)"] = value
      if let name = parameter.name { values[name] = value }
    }
    return values
  }
}
