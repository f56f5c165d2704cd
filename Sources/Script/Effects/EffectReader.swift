import CPgQuery
import Schema

/// Reads one statement after the other for its effects, and remembers what they made.
///
/// The folders beside this file extend it, each for one family of statements.
struct EffectReader {
  /// What earlier statements made.
  var known = KnownSchema()
  /// The schemas in which unqualified names are looked up; `pg_catalog` comes before them all.
  var searchPath = SearchPath()
  /// The path that comes back when the transaction is committed, if it was set for the transaction alone.
  var pathAfterCommit: SearchPath?
  /// The path that comes back when the transaction is rolled back, if the file began it.
  var pathAfterRollback: SearchPath?
  /// The same at the beginning of a session.
  var sessionSearchPath = SearchPath()
  /// Whether the server looks into function bodies when functions are made (`check_function_bodies`).
  var checksFunctionBodies = true
  /// The objects that an earlier statement of the file dropped for sure, so that making them again cannot fail.
  var cleared: Set<ObjectIdentity> = []

  // What the statement at hand does.
  private(set) var effects: [Effect] = []
  private var possibleEffects: [PossibleEffect] = []
  /// The texts with unknown parts that were read for what they may do.
  var templatesRead: Set<String> = []
  private var locks: [LockForecast] = []
  var transactionRule = TransactionRule.any
  private var opacities: [String] = []
  private var repetitions: [Repetition] = []
  /// The settings of the session that it changes.
  var settings: [SessionSetting] = []
  private var usedAlready: Set<ObjectIdentity> = []
  private var madeHere: Set<ObjectIdentity> = []
  /// Under which conditions of the block around what it makes only where it is missing is made.
  private var madeUnder: [ObjectIdentity: Guard] = [:]

  /// The conditions that the surrounding block puts on what is read at the moment.
  var guarding = Guard()
  /// Whether what is read at the moment is looked up only when it is run.
  var isLateBound = false
  /// What making an object again does if the server chooses its name: a second one comes into being.
  var unnamedRepetition: Repetition?
  /// How many texts deep the reader is, as where a `DO` block executes a string that holds a `DO` block.
  var depth = 0
  /// The variables of the block or function around, as far as their values are known.
  var constants = ConstantEvaluation()
  /// How often what is executed behind a condition was read once for each of its branches.
  var branchings = 0
  /// The functions that are being followed, outermost first.
  var callers: [String] = []
  /// Whether `CHECK (column)` stands for `NOT NULL column`, which the grammar does not know as a constraint of a table.
  var readsNotNullAsCheck = false
  /// Whether what is read at the moment is what an event trigger does.
  var isInEventTrigger = false

  /// Forgets the statement read before.
  mutating func begin() {
    effects = []
    possibleEffects = []
    templatesRead = []
    locks = []
    transactionRule = .any
    opacities = []
    repetitions = []
    settings = []
    usedAlready = []
    madeHere = []
    madeUnder = [:]
    guarding = Guard()
    isLateBound = false
    constants = ConstantEvaluation()
    branchings = 0
    unnamedRepetition = nil
  }

  /// What was read since `begin`, as an analysis with the given tag.
  func analysis(tag: String) -> StatementAnalysis {
    StatementAnalysis(
      tag: tag, effects: effects, locks: mergedLocks, transactionRule: transactionRule,
      opacity: opacities.isEmpty ? nil : opacities.joined(separator: "; "),
      possibleEffects: possibleEffects, repetition: repetitions.max() ?? .harmless, settings: settings)
  }

  // MARK: Effects

  /// Notes that an object is made.
  mutating func create(
    _ object: ObjectIdentity, when condition: EffectCondition = .always, definition: String? = nil,
    detail: ObjectDetail = .none, dependingOn needed: [ObjectIdentity] = [],
    partOf owners: [ObjectIdentity] = [],
    renamedFrom: ObjectIdentity? = nil
  ) {
    let (when, hosts) = guarding.combined(condition, with: .creates, object, detail)
    if condition == .always && !isTemporary(object) {
      noteRepetition(
        isCleared(object) ? .harmless : unnamedRepetition ?? .fails("\(object) is already there"),
        under: when)
    }
    known.insert(object, dependingOn: needed, partOf: owners)
    madeHere.insert(object)
    if when == .ifNotExists, !guarding.questions.isEmpty { madeUnder[object] = guarding }
    append(
      Effect(
        .creates, object, when: when, hosts: hosts, definition: definition, detail: detail,
        renamedFrom: renamedFrom))
    for one in needed + owners { use(one) }
  }

  /// Notes that an object is changed.
  mutating func alter(
    _ object: ObjectIdentity, when condition: EffectCondition = .always, definition: String? = nil,
    detail: ObjectDetail = .none
  ) {
    append(
      Effect(
        .alters, object, when: combined(condition, with: .alters, object), definition: definition,
        detail: detail))
  }

  /// Notes that an object is dropped, with the known objects that go with it.
  mutating func drop(
    _ object: ObjectIdentity, when condition: EffectCondition = .always, cascade: Bool = false
  ) {
    let when = combined(condition, with: .drops, object)
    if condition == .always { noteRepetition(.fails("\(object) is gone"), under: when) }
    for one in known.closure(ofDropping: object, cascade: cascade) {
      append(Effect(.drops, one, when: when))
      if one != object || one.kind != .index { lockGoing(one, with: object) }
      if guardIsCertain || known.contains(one) { known.remove(one) }
      if guardIsCertain { cleared.insert(one) }
    }
  }

  /// Notes that an object gets another identity, with the known objects that carry its name in theirs.
  mutating func rename(
    _ old: ObjectIdentity, to new: ObjectIdentity, when condition: EffectCondition = .always
  ) {
    if condition == .always { noteRepetition(.fails("\(old) is gone")) }
    for part in known.closure(ofDropping: old, cascade: false) {
      let moved = part.moved(from: old, to: new)
      if moved != part { renameOne(part, to: moved, when: condition) }
    }
  }

  private mutating func renameOne(
    _ old: ObjectIdentity, to new: ObjectIdentity, when condition: EffectCondition
  ) {
    append(Effect(.drops, old, when: combined(condition, with: .drops, old)))
    append(Effect(.creates, new, when: combined(condition, with: .drops, old), renamedFrom: old))
    known.rename(old, to: new)
    madeHere.insert(new)
  }

  /// Notes that an object is needed, unless it comes with the server or the statement made it itself.
  mutating func use(_ object: ObjectIdentity) {
    guard object.schema != "pg_catalog", object.schema != "information_schema", !madeHere.contains(object),
      !(object.kind == .schema && Self.schemasOfEveryDatabase.contains(object.name)),
      !isTemporary(object), usedAlready.insert(object).inserted
    else { return }
    if let table = object.table, madeHere.contains(where: { $0.isRelation && $0.with(kind: .table) == table })
    {
      return
    }
    append(
      Effect(.uses, object, when: combined(.always, with: .uses, object), isLateBound: isLateBound))
  }

  private static let schemasOfEveryDatabase: Set<String> = [
    "public", "pg_catalog", "information_schema", SearchPath.temporarySchema,
  ]

  /// Puts what was noted since `start` under the condition that the statement's table is there.
  ///
  /// Where an earlier statement made the table, it is there as far as the files tell, and only somebody else can have
  /// taken it away.
  mutating func makeConditional(since start: Int, on table: ObjectIdentity) {
    for place in effects.indices.dropFirst(start) {
      switch effects[place].action {
      case .creates where known.contains(table): effects[place].hosts.append(table)
      case .uses where known.contains(table), .drops where known.contains(table): continue
      default: if effects[place].condition == .always { effects[place].condition = .ifExists }
      }
    }
  }

  private mutating func append(_ effect: Effect) {
    guard !isTemporary(effect.object) else { return }
    effects.append(effect)
  }

  /// Notes what may be done to objects that are not known.
  mutating func notePossible(_ effect: Effect) {
    guard !isTemporary(effect.object) else { return }
    possibleEffects.append(PossibleEffect(effect, place: effects.count))
  }

  private func isTemporary(_ object: ObjectIdentity) -> Bool { object.schema == SearchPath.temporarySchema }

  // MARK: Conditions

  /// Whether the block around lets what is read happen for sure.
  private var guardIsCertain: Bool {
    switch guarding.condition {
    case .always, .orReplace, .ifExists: true
    case .ifNotExists, .guarded: false
    }
  }

  /// The condition of an effect with its own condition in a block with another.
  private func combined(
    _ own: EffectCondition, with action: EffectAction, _ object: ObjectIdentity
  ) -> EffectCondition {
    let when = guarding.combined(own, with: action, object, .none).condition
    // What the same branch has made is there to be changed exactly where it was missing before.
    if case .guarded = when, action == .alters, own == .always, madeUnder[object] == guarding {
      return .ifNotExists
    }
    return when
  }

  // MARK: Locks, repetition, opacity

  /// Notes a table lock.
  mutating func lock(
    _ mode: LockMode, _ relation: ObjectIdentity, rewrites: Bool = false, scans: Bool = false,
    empties: Bool = false
  ) {
    guard relation.schema != "pg_catalog", relation.schema != "information_schema", !isTemporary(relation)
    else { return }
    // A table that the statement makes is seen by nobody else.
    if madeHere.contains(relation) && !rewrites && !scans { return }
    locks.append(
      LockForecast(
        mode: mode, relation: relation, rewritesTable: rewrites, scansTable: scans,
        emptiesTable: empties && guarding.questions.isEmpty))
  }

  /// How many locks were noted so far.
  var lockCount: Int { locks.count }

  /// Notes the locks that were noted on a relation since `start` on others too.
  mutating func repeatLocks(of relation: ObjectIdentity, since start: Int, on others: [ObjectIdentity]) {
    for one in locks[start...] where one.relation == relation {
      for other in others { lock(one.mode, other, rewrites: one.rewritesTable, scans: one.scansTable) }
    }
  }

  private var mergedLocks: [LockForecast] {
    var merged: [ObjectIdentity: LockForecast] = [:]
    var order: [ObjectIdentity] = []
    for lock in locks {
      guard var present = merged[lock.relation] else {
        merged[lock.relation] = lock
        order.append(lock.relation)
        continue
      }
      present.mode = max(present.mode, lock.mode)
      present.rewritesTable = present.rewritesTable || lock.rewritesTable
      present.scansTable = present.scansTable || lock.scansTable
      present.emptiesTable = present.emptiesTable || lock.emptiesTable
      merged[lock.relation] = present
    }
    let found = order.compactMap { merged[$0] }
    // Stable: relations of one mode stay in the order in which the statement names them.
    return LockMode.allCases.reversed().flatMap { mode in found.filter { $0.mode == mode } }
  }

  /// Notes what would happen if this part of the statement ran a second time; `condition` is its own within the block
  /// around.
  mutating func noteRepetition(_ repetition: Repetition, under condition: EffectCondition? = nil) {
    switch (guarding.condition, condition, repetition) {
    case (_, _, .harmless), (.ifNotExists, _, .fails), (.ifExists, nil, .fails),
      (.ifExists, .ifExists?, .fails):
      repetitions.append(.harmless)
    case (.guarded(let text), _, _), (_, .guarded(let text)?, _):
      repetitions.append(.unknown(text))
    default:
      repetitions.append(repetition)
    }
  }

  /// Notes that a part of what the statement does cannot be known.
  mutating func markOpaque(_ reason: String) {
    let reason = callers.isEmpty ? reason : "\(callers.joined(separator: " → ")): \(reason)"
    if !opacities.contains(reason) { opacities.append(reason) }
  }

  private func isCleared(_ object: ObjectIdentity) -> Bool {
    if cleared.contains(object) { return true }
    guard let table = object.table else { return false }
    return cleared.contains(table)
  }
}
