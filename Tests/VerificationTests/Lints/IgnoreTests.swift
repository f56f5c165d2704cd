import Migrations
import Script
import Testing
import Verification

@Suite("Comments that ignore a lint")
struct IgnoreTests {
  private static let index = "CREATE INDEX i ON t (a);"

  private func findings(_ text: String, rows: Double? = nil) -> [Finding] {
    Linter(target: rows.map { database("t", rows: $0) }).findings(in: lintProject([text], platform: .none))
  }

  @Test("with a reason they do")
  func ignored() {
    #expect(
      findings("-- signalbox: ignore lint.index-without-concurrently because it is night\n" + Self.index)
        == [])
  }

  @Test("several at once, also in block comments and behind other comments")
  func several() {
    let text = """
      -- Adds an index.
      /* signalbox: ignore lint.index-without-concurrently, lint.lock-held-during-scan
         because it is night */
      -- And then:
      """
    let statements = "\n" + Self.index
    #expect(
      findings("ALTER TABLE t SET (fillfactor = 50); " + text + statements).map(\.code) == [
        "lint.ignore-unused"
      ])
  }

  @Test("they reach only the next statement")
  func next() {
    let text = """
      -- signalbox: ignore lint.index-without-concurrently because it is night
      CREATE INDEX i ON t (a);
      CREATE INDEX j ON t (b);
      """
    #expect(findings(text).map { $0.location?.position?.line } == [3])
  }

  @Test("without a reason they do nothing and are a failure")
  func reason() {
    let found = findings("-- signalbox: ignore lint.index-without-concurrently\n" + Self.index)
    #expect(found.map(\.code) == ["lint.ignore-without-reason", "lint.index-without-concurrently"])
    #expect(found.map(\.severity) == [.failure, .warning])
    #expect(found.first?.location?.description == "001.sql:1:1")
  }

  @Test("those that ignore nothing are a warning, those of unknown lints too, also at the end of a file")
  func unused() {
    let text = """
      -- signalbox: ignore lint.not-null-scans because it is night
      -- signalbox: ignore lint.nonsense because it is night
      SELECT 1;
      -- signalbox: ignore lint.volatile-default because nothing follows
      """
    let found = findings(text)
    #expect(found.map(\.code) == Array(repeating: "lint.ignore-unused", count: 3))
    #expect(found.compactMap { $0.location?.position?.line } == [1, 2, 4])
    #expect(found.contains { $0.message == "there is no lint called lint.nonsense" })
  }

  @Test("on a small table they are not unused: elsewhere the table may be large")
  func small() {
    let text = "-- signalbox: ignore lint.index-without-concurrently because it is night\n" + Self.index
    #expect(findings(text, rows: 2) == [])
    #expect(findings(Self.index, rows: 2) == [])
  }

  @Test("the project can do without a lint")
  func project() {
    let options = LintOptions(ignored: ["lint.index-without-concurrently": "we migrate at night"])
    #expect(
      Linter(options: options).findings(in: lintProject([Self.index], platform: .none)) == [])
  }

  @Test("a selection reports on its own migrations only, yet all are read")
  func selection() {
    let project = lintProject(
      ["CREATE TABLE t (a int, b int);", Self.index, "CREATE INDEX j ON t (b);"], platform: .none)
    #expect(Linter().findings(in: project, of: ["003"]).map(\.migration) == ["003"])
  }
}
