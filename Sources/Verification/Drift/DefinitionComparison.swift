import Migrations
import Schema
import Script

/// Compares the definitions of objects one by one, and collects what only the server can tell.
struct DefinitionComparison {
  /// One part of one object that the server must compare.
  struct Question {
    var object: ObjectIdentity
    var difference: DefinitionDifference
    var pair: QueryPair
    var place: StatementPlacement
    /// Whether the file's text had to be brought to the present names, and not for certain.
    var isUncertain: Bool
  }

  let expected: ExpectedSchema
  let snapshot: Snapshot
  private(set) var questions: [Question] = []
  /// Why a question's answer "different" proves nothing, by the question's number.
  private var pairsInDoubt: [Int: String] = [:]
  private(set) var compared = 0
  private var found: [Drift] = []
  /// The columns whose type some statement changed, by table, with the last that did.
  private let retypedColumns: [ObjectIdentity: [(name: String, place: StatementPlacement)]]
  private let restoration: Restoration
  private let observation: Observation

  init(expected: ExpectedSchema, snapshot: Snapshot) {
    self.expected = expected
    self.snapshot = snapshot
    restoration = Restoration(expected: expected, snapshot: snapshot)
    observation = Observation(snapshot)
    retypedColumns = Self.retypedColumns(of: expected)
  }

  /// Compares one object, if both sides have it.
  mutating func compare(_ object: ObjectIdentity) {
    guard let state = expected.objects[object], state.existence == .present, let account = state.account,
      let found = snapshot[object], ObservableKinds.contains(object), !isOfView(object),
      !snapshot.isPlatform(object) || !found.definition.isEmpty
    else { return }
    let definition = ExpectedDefinition(
      schema: expected, object: object, state: state, account: account, found: found)
    guard var reading = definition.reading(), var parts = ActualDefinition.parts(of: found) else {
      unknown(object, "its definition cannot be read", account.place)
      return
    }
    compared += 1
    for name in Circumstances.names where reading.part(name) != nil {
      switch Circumstances.shown(name, of: found) {
      case nil: continue
      case .value(let text)?: parts.append(DefinitionPart(name, .word(text)))
      default: reading.set(name, nil)
      }
    }
    for part in reading.parts where !parts.contains(where: { $0.name == part.name }) {
      if !snapshot.keepsTOASTParameter(part.name, of: object) { reading.set(part.name, nil) }
    }
    completeOperatorClasses(of: found, reading, &parts)
    completeCollations(of: found, reading, &parts)
    for difference in DefinitionDifference.differences(expected: reading, actual: parts) {
      if isUnsaid(difference, reading) { continue }
      let place = reading.places[difference.name] ?? account.place
      switch difference.outcome {
      case .unknown(let reason): unknown(object, reason, place, part: difference.name)
      case .differs: self.found.append(drift(object, difference, place))
      case .question:
        ask(
          object, difference, found, place,
          renamesBefore: reading.renamesBefore[difference.name] ?? account.renamesBefore)
      }
    }
  }

  /// What disagrees, given the server's answers to ``questions``.
  func drifts(_ answers: [QueryComparison]) -> [Drift] {
    var drifts = found
    for (number, (question, answer)) in zip(questions, answers).enumerated() {
      switch answer {
      case .same: continue
      case .different(let expected, let actual):
        if PlanForm.agree(expected, actual) { continue }
        if let reason = pairsInDoubt[number]
          ?? (question.isUncertain ? "names in the file's text were changed since" : nil)
        {
          drifts.append(doubt(question.object, reason, question.place, part: question.difference.name))
          continue
        }
        var difference = question.difference
        if let left = PlanForm.expression(of: expected), let right = PlanForm.expression(of: actual),
          left != right
        {
          difference.expected = .expression(left)
          difference.actual = .expression(right)
        }
        drifts.append(drift(question.object, difference, question.place))
      case .incomparable(let reason):
        drifts.append(doubt(question.object, reason, question.place, part: question.difference.name))
      }
    }
    return drifts.sorted { ($0.object, $0.part ?? "") < ($1.object, $1.part ?? "") }
  }

  // MARK: Exceptions

  /// The columns of a view are what its query says.
  private func isOfView(_ object: ObjectIdentity) -> Bool {
    guard object.kind == .column, let relation = object.table else { return false }
    return snapshot.contains(relation.with(kind: .view))
      || snapshot.contains(relation.with(kind: .materializedView))
  }

  /// The catalog's text leaves out operator classes that are the default; the files may name them.
  private func completeOperatorClasses(
    of object: SchemaObject, _ reading: DefinitionReading, _ parts: inout [DefinitionPart]
  ) {
    var classes: [String] = []
    if case .index(let index) = object.detail { classes = index.operatorClasses }
    if case .constraint(let constraint) = object.detail, constraint.kind == .exclusion,
      let schema = object.identity.schema,
      case .index(let index)? = snapshot[.index(schema, object.identity.name)]?.detail
    {
      classes = index.operatorClasses
    }
    for (place, name) in classes.enumerated() {
      let label = "operator class of key \(place + 1)"
      guard reading.part(label) != nil, !parts.contains(where: { $0.name == label }) else { continue }
      parts.append(DefinitionPart(label, .name(name)))
    }
  }

  /// The catalog's text leaves out the collation of a key that is its column's own, or its expression's; the files may name it.
  ///
  /// An expression has the collation of its columns, any other before the database's own (Collation Support, Concepts).
  private func completeCollations(
    of object: SchemaObject, _ reading: DefinitionReading, _ parts: inout [DefinitionPart]
  ) {
    guard case .index(let index) = object.detail, let schema = index.table.schema else { return }
    for part in parts where part.name.hasPrefix("key ") {
      let label = "collation of \(part.name)"
      guard reading.part(label) != nil, !parts.contains(where: { $0.name == label }),
        let columns = columns(ofKey: part.value)
      else { continue }
      let collations = columns.compactMap { column in
        DefinitionParts.collation(in: snapshot[.column(schema, index.table.name, column)]?.definition)
      }
      parts.append(DefinitionPart(label, .name(collations.first ?? "pg_catalog.default")))
    }
  }

  private func columns(ofKey key: DefinitionPart.Value) -> [String]? {
    switch key {
    case .word(let name): [Identifier.unquoted(name)]
    case .expression(let text): DefinitionReader.columns(in: text)
    case .name, .type, .query: nil
    }
  }

  /// Whether the files just leave out what the server adds by itself.
  private func isUnsaid(_ difference: DefinitionDifference, _ reading: DefinitionReading) -> Bool {
    let name = difference.name
    if difference.expected == nil {
      // An operator is also the commutator of one that names it, and INSERT without a list means all columns.
      return ["referenced columns", "commutator", "negator", "multirange_type_name"].contains(name)
        || name.hasPrefix("columns of ")
    }
    // The server leaves out what is the default of the type.
    return difference.actual == nil
      && (["subtype_opclass", "collation", "multirange_type_name"].contains(name)
        && reading.part("subtype") != nil
        || name.hasPrefix("operator class of partition key ")
        || name.hasPrefix("collation of partition key "))
  }

  // MARK: Questions

  private mutating func ask(
    _ object: ObjectIdentity, _ difference: DefinitionDifference, _ found: SchemaObject,
    _ place: StatementPlacement, renamesBefore: Int
  ) {
    guard let written = difference.expected?.text, let actual = difference.actual?.text else { return }
    let renamed = presentTexts(of: object, difference.name, found, written, renamesBefore, place.searchPath)
    if renamed.texts.contains(where: { SameReading.isSure($0, actual) }) { return }
    let texts = renamed.texts
    // One value is converted on both sides; what a whole query is converted to, or one behind others, the server
    // may have put deeper into it.
    let isOneValue =
      difference.name.hasPrefix("value of ") && !written.hasPrefix("WITH ")
      && typesWritten(difference.name, ActualDefinition.parts(of: found) ?? []) != nil
    if case .query? = difference.expected, Self.isOfAction(difference.name), !isOneValue {
      pairsInDoubt[questions.count] = "the server gives what a statement writes the types of the columns"
    } else if let column = retypedColumn(of: object, found, in: written, since: place) {
      pairsInDoubt[questions.count] = "the type of column \(column) was changed since"
    }
    guard let pair = pair(object, difference, found, texts, actual, place.searchPath) else {
      unknown(object, "it cannot be put as a query", place, part: difference.name)
      return
    }
    questions.append(
      Question(
        object: object, difference: difference, pair: pair, place: place, isUncertain: !renamed.isCertain))
  }

  /// What the files write under the names that objects have now, the likeliest first, and whether it is certain.
  private func presentTexts(
    of object: ObjectIdentity, _ part: String, _ found: SchemaObject, _ written: String,
    _ renamesBefore: Int, _ searchPath: [String]?
  ) -> (texts: [String], isCertain: Bool) {
    guard expected.mayBeRenamed(in: written, since: renamesBefore) else { return ([written], true) }
    var guesses: [String] = []
    if let scope = scope(of: object, part, found) {
      let names = expected.formerNames(since: renamesBefore)
      if let found = names.replaced(in: written, scope, searchPath: searchPath) {
        if found.isCertain { return ([found.text], true) }
        guesses.append(found.text)
      }
    }
    guard let guess = IdentifierRenaming.rename(written, expected.namesChanged(since: renamesBefore)) else {
      return ([written], true)
    }
    return (guesses + [guess, written], false)
  }

  /// Whether a part is a query for what a statement writes.
  private static func isOfAction(_ part: String) -> Bool {
    ["rows of ", "value of "].contains { part.hasPrefix($0) }
  }

  /// A column that an index or check names and whose type was changed later: the server then writes casts into the
  /// expression that the file does not have.
  private func retypedColumn(
    of object: ObjectIdentity, _ found: SchemaObject, in text: String, since place: StatementPlacement
  ) -> String? {
    var relation = object.kind == .constraint ? object.table : nil
    if case .index(let index) = found.detail { relation = index.table }
    guard let relation, let schema = relation.schema else { return nil }
    for column in retypedColumns[.table(schema, relation.name)] ?? [] {
      let isLater =
        (column.place.migration, column.place.statement) > (place.migration, place.statement)
      if isLater, IdentifierRenaming.rename(text, [column.name: column.name]) != nil { return column.name }
    }
    return nil
  }

  private static func retypedColumns(
    of expected: ExpectedSchema
  ) -> [ObjectIdentity: [(name: String, place: StatementPlacement)]] {
    let renamings = Set(
      expected.renames.filter { [.type, .domain, .schema].contains($0.old.kind) }.map(\.place))
    var found: [ObjectIdentity: [(name: String, place: StatementPlacement)]] = [:]
    for (column, state) in expected.objects {
      guard column.kind == .column, let schema = column.schema, let table = column.parent else { continue }
      // A type's new name is no other type.
      let changes =
        state.account?.alterations.filter {
          ($0.clause?.hasPrefix("TYPE ") ?? false) && !renamings.contains($0.place)
        } ?? []
      let last = changes.map(\.place).max {
        ($0.migration, $0.statement) < ($1.migration, $1.statement)
      }
      if let last { found[.table(schema, table), default: []].append((column.name, last)) }
    }
    return found.mapValues { $0.sorted { $0.name < $1.name } }
  }

  // MARK: Drifts

  private func drift(
    _ object: ObjectIdentity, _ difference: DefinitionDifference, _ place: StatementPlacement
  ) -> Drift {
    Drift(
      kind: .changed, object: object, part: difference.name, expected: Self.shown(difference.expected),
      actual: Self.shown(difference.actual), migration: expected.migration(of: place)?.id,
      location: expected.location(of: place), restoration: restoration.restoring(object, difference.name))
  }

  /// A value as people read it; an empty setting is an empty string, not nothing.
  private static func shown(_ value: DefinitionPart.Value?) -> String? {
    value.map { $0.text.isEmpty ? "''" : $0.text }
  }

  private mutating func unknown(
    _ object: ObjectIdentity, _ reason: String, _ place: StatementPlacement, part: String? = nil
  ) {
    found.append(doubt(object, reason, place, part: part))
  }

  private func doubt(
    _ object: ObjectIdentity, _ reason: String, _ place: StatementPlacement, part: String?
  ) -> Drift {
    Drift(
      kind: .unknown, object: object, part: part, reason: reason,
      migration: expected.migration(of: place)?.id,
      location: expected.location(of: place))
  }
}
