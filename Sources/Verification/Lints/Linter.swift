import Migrations
import Schema
import Script

/// Reads a project for what is dangerous, insecure or broken in it (docs/lints.md).
///
/// Works on the files alone; with a database, sizes decide how bad a lock is, and what no file made is judged too.
public struct Linter: Sendable {
  private let options: LintOptions
  private let target: LintTarget?

  /// Makes a linter.
  ///
  /// - Parameter target: the database that the files are for, if one can be asked.
  public init(options: LintOptions = LintOptions(), target: LintTarget? = nil) {
    self.options = options
    self.target = target
  }

  /// The codes of all lints, in order.
  public static var codes: [LintCode] { LintCatalogue.codes }

  /// What there is to say about a project, in the order of its files.
  ///
  /// All files are read, since a later one may put right what an earlier one left open.
  ///
  /// - Parameter selection: the migrations to report on; nil for all, and for what is in the database alone.
  public func findings(in project: Project, of selection: Set<MigrationID>? = nil) -> [Finding] {
    let facts = LintFacts(
      migrations: project.runnableMigrations, platform: project.platform, options: options, target: target)
    let final = Self.fold(facts) { _, _, _ in }
    var candidates: [LintCandidate] = []
    _ = Self.fold(facts) { place, statement, schema in
      let context = StatementContext(
        facts: facts, place: place, statement: statement, schema: schema, final: final)
      for lint in LintCatalogue.statementLints { candidates += lint.candidates(in: context) }
    }
    for lint in LintCatalogue.schemaLints { candidates += lint.candidates(in: final, facts) }
    candidates += liveCandidates(facts, beside: final)

    let judged = IgnoreJudge.judge(candidates, facts)
    return judged.sorted(by: Self.isBefore).compactMap { finding(for: $0, facts, selection) }
  }

  /// Follows all statements; `visit` sees each with the schema as it was before it.
  private static func fold(
    _ facts: LintFacts, _ visit: (StatementPlace, Statement, LintSchema) -> Void
  ) -> LintSchema {
    var schema = LintSchema(platform: facts.platform)
    for (number, migration) in facts.migrations.enumerated() {
      for statement in migration.script.statements {
        let place = StatementPlace(migration: number, statement: statement.index)
        visit(place, statement, schema)
        schema.apply(statement, at: place)
      }
    }
    return schema
  }

  /// What the catalog holds that no file has made, judged as the files are.
  private func liveCandidates(_ facts: LintFacts, beside final: LintSchema) -> [LintCandidate] {
    guard let snapshot = target?.snapshot else { return [] }
    let live = LintSchema(snapshot)
    return LintCatalogue.schemaLints.flatMap { $0.candidates(in: live, facts) }.filter { candidate in
      !snapshot.isPlatform(candidate.object)
        && !ProvidedObjects.contains(candidate.object, on: facts.platform)
        && final.entry(of: candidate.object) == nil
        && candidate.object.table.map { final.entry(of: $0) == nil } ?? true
    }
  }

  private static func isBefore(_ left: LintCandidate, _ right: LintCandidate) -> Bool {
    let last = StatementPlace(migration: .max, statement: .max)
    let (before, after) = (left.place ?? last, right.place ?? last)
    if before != after { return before < after }
    if left.code != right.code { return left.code < right.code }
    return left.object < right.object
  }

  private func finding(
    for candidate: LintCandidate, _ facts: LintFacts, _ selection: Set<MigrationID>?
  ) -> Finding? {
    guard candidate.severity != .pass else { return nil }
    guard let place = candidate.place else {
      guard selection == nil else { return nil }
      return Finding(
        code: candidate.code.rawValue, severity: candidate.severity, object: candidate.object,
        message: candidate.message, advice: candidate.advice)
    }
    let migration = facts.migrations[place.migration]
    guard selection?.contains(migration.id) ?? true else { return nil }
    return Finding(
      code: candidate.code.rawValue, severity: candidate.severity, migration: migration.id,
      object: candidate.object, message: candidate.message,
      location: FileLocation(file: migration.file, position: place.position(in: migration.script)),
      advice: candidate.advice)
  }
}
