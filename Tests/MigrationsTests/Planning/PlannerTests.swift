import Schema
import Script
import Testing

@testable import Migrations

@Suite("Planning")
struct PlannerTests {
  private func plan(
    _ migrations: [Migration], select selection: [MigrationID], states: [MigrationID: MigrationState] = [:]
  ) -> Plan {
    let project = Project(name: "p", root: "p", migrations: migrations)
    return Planner.plan(
      selection, of: project, graph: RequirementGraph(project),
      statuses: states.map { MigrationStatus(id: $0.key, state: $0.value) })
  }

  @Test("requirements come along, in an order in which they can run")
  func closure() {
    let plan = plan(
      [
        migration("001"), migration("070", requires: ["001"]), migration("071", requires: ["070"]),
        migration("072"),
      ],
      select: ["071"], states: ["001": .applied, "070": .pending, "071": .pending])
    #expect(plan.steps.map(\.migration.id) == ["070", "071"])
    #expect(plan.problems.isEmpty)
    guard case .required(let by) = plan.steps.first?.inclusion else {
      Issue.record("070 was not required")
      return
    }
    #expect(by.map(\.from) == ["071"])
    #expect(plan.steps.last?.inclusion == .selected)
  }

  @Test("what is in already is left out", arguments: [MigrationState.applied, .changed, .superseded])
  func applied(state: MigrationState) {
    #expect(plan([migration("001")], select: ["001"], states: ["001": state]) == Plan())
  }

  @Test("what failed or is partly in runs again when it is selected, but never as a requirement")
  func again() {
    let migrations = [migration("001"), migration("002", requires: ["001"])]
    #expect(plan(migrations, select: ["001"], states: ["001": .partial]).steps.count == 1)
    #expect(plan(migrations, select: ["001"], states: ["001": .failed]).steps.count == 1)
    #expect(plan(migrations, select: ["002"], states: ["001": .partial]).steps.map(\.migration.id) == ["002"])
  }

  @Test("a skipped, archived or unknown migration cannot be selected")
  func notRunnable() {
    let migrations = [migration("001", place: .skipped), migration("002", place: .archived)]
    let plan = plan(migrations, select: ["001", "002", "003"])
    #expect(plan.problems.map(\.code) == ["selected-skipped", "selected-archived", "unknown-migration"])
    #expect(plan.steps.isEmpty)
  }

  @Test("a required migration that is skipped stops the plan, with the reason")
  func requiredSkipped() {
    let plan = plan(
      [migration("001", place: .skipped), migration("002", requires: ["001"])], select: ["002"])
    #expect(plan.problems.map(\.code) == ["required-skipped"])
    #expect(
      plan.problems.first?.message == "`002` needs `001` (002 requires it (signalbox.toml)), which is skipped"
    )
  }

  @Test("an interrupted migration goes on, selected or required")
  func interrupted() {
    let migrations = [migration("001"), migration("002", requires: ["001"])]
    #expect(
      plan(migrations, select: ["001"], states: ["001": .interrupted]).steps.map(\.migration.id) == ["001"])
    #expect(
      plan(migrations, select: ["002"], states: ["001": .interrupted]).steps.map(\.migration.id)
        == ["001", "002"])
  }

  @Test(
    "the strongest lock of a step is one that others can wait for, not one on a table that it makes itself",
    arguments: [
      (
        """
        CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES users); CREATE INDEX i ON b (a);
        ALTER TABLE b ENABLE ROW LEVEL SECURITY; ALTER TABLE b RENAME TO c; ALTER TABLE c ADD d int;
        """, "SHARE ROW EXCLUSIVE on public.users"
      ),
      ("CREATE TABLE d (id int); ALTER TABLE d ENABLE ROW LEVEL SECURITY;", nil),
      (
        "CREATE TABLE IF NOT EXISTS e (id int); ALTER TABLE e ENABLE ROW LEVEL SECURITY;",
        "ACCESS EXCLUSIVE on public.e"
      ),
      ("ALTER TABLE d RENAME TO f; ALTER TABLE f ADD g int;", "ACCESS EXCLUSIVE on public.d"),
    ] as [(String, String?)])
  func strongestLock(sql: String, lock: String?) {
    var subject = migration("001")
    subject.script = ScriptParser.parse(sql)
    let strongest = plan([subject], select: ["001"]).steps.first?.strongestLock
    #expect(strongest.map { "\($0.mode) on \($0.relation.qualifiedName)" } == lock)
  }

  @Test("a file that needs psql stops the plan, newer syntax does not")
  func unreadable() {
    var one = migration("001")
    let position = SourcePosition(line: 3, column: 1)
    one.script.problems = [
      ScriptProblem(kind: .psqlCommand, message: "\\set", position: position, line: "\\set"),
      ScriptProblem(kind: .unknownSyntax, message: "?", position: position, line: "?"),
    ]
    let plan = plan([one], select: ["001"])
    #expect(plan.problems.map(\.code) == ["psql-command"])
    #expect(plan.problems.first?.location?.description == "001.sql:3:1")
  }
}

@Suite("How a file runs")
struct TransactionModeChoiceTests {
  private func choice(_ statements: [Statement], forbids: Bool = false) -> TransactionModeChoice {
    var subject = migration("001")
    subject.script.statements = statements
    subject.forbidsTransaction = forbids
    return TransactionModeChoice(for: subject)
  }

  private let begin = statement(text: "BEGIN", tag: "BEGIN", rule: .begin)
  private let commit = statement(line: 9, text: "COMMIT", tag: "COMMIT", rule: .commit)
  private let work = statement(line: 3, text: "CREATE TABLE t ()")
  private let set = statement(text: "SET lock_timeout = 1", tag: "SET")

  @Test("ordinary statements run in one transaction")
  func single() {
    #expect(choice([work, work]).mode == .single)
    #expect(choice([]).mode == .single)
    #expect(choice([work, statement(text: "SAVEPOINT a", rule: .savepoint)]).mode == .single)
  }

  @Test("one pair of BEGIN and COMMIT around all is taken over, settings outside it included")
  func takenOver() {
    #expect(choice([begin, work, commit]).mode == .single)
    #expect(choice([begin, work, commit]).statements == [work])
    #expect(choice([set, begin, work, commit]).statements == [set, work])
  }

  @Test("a COMMIT behind all, which ends the transaction of the tool that runs the file, is taken over")
  func commitBehindAll() {
    #expect(choice([work, commit]).mode == .single)
    #expect(choice([work, commit]).statements == [work])
    #expect(choice([work, commit], forbids: true).statements == [work, commit])
  }

  @Test("several transactions, a part outside, or a COMMIT in between run statement by statement")
  func ownTransactions() {
    let cases = [
      [begin, work, commit, begin, work, commit], [work, begin, work, commit], [begin, work, commit, work],
      [work, commit, work], [begin, work, statement(text: "ROLLBACK", rule: .rollback)],
    ]
    for statements in cases {
      let choice = choice(statements)
      guard case .statementByStatement(let reason) = choice.mode else {
        Issue.record("one transaction for \(statements.map(\.text))")
        continue
      }
      #expect(reason.hasPrefix("the file begins or ends transactions itself"))
      #expect(choice.statements == statements)
    }
  }

  @Test("a statement that cannot run in a transaction says so")
  func outsideOnly() {
    let index = statement(
      line: 12, text: "CREATE INDEX CONCURRENTLY", rule: .outsideOnly("CREATE INDEX CONCURRENTLY"))
    #expect(
      choice([work, index]).mode
        == .statementByStatement(reason: "CREATE INDEX CONCURRENTLY cannot run in a transaction (line 12)"))
  }

  @Test("a new enum value used in the same file needs a commit between")
  func enumValue() {
    let add = statement(
      [Effect(.creates, .enumValue("public", "mood", "happy"))], line: 1,
      rule: .usableAfterCommit("ALTER TYPE"))
    let use = statement(line: 2, text: "INSERT INTO t VALUES ('happy')")
    #expect(
      choice([add, use]).mode
        == .statementByStatement(
          reason: "'happy' (line 1) can be used only after a commit, and line 2 uses it"))
    #expect(choice([add, work]).mode == .single)
    #expect(choice([use, add]).mode == .single)
  }

  @Test("a file can ask for no transaction")
  func forbidden() {
    #expect(
      choice([work], forbids: true).mode == .statementByStatement(reason: "the file asks for no transaction"))
  }
}
