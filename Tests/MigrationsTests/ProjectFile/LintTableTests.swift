import Testing

@testable import Migrations

@Suite("The lint options of a project file")
struct LintTableTests {
  private func read(_ text: String) -> (LintOptions, [ProjectProblem]) {
    let (file, problems) = ProjectFileReader.read(Array(text.utf8))
    return (file.lint, problems.problems)
  }

  @Test("are read with their reasons")
  func options() {
    let (options, problems) = read(
      """
      [lint]
      idempotent = true
      small_table_rows = 10
      large_table_rows = 1_000
      [lint.ignore]
      "lint.index-without-concurrently" = "we migrate at night"
      """)
    #expect(problems.isEmpty)
    #expect(
      options
        == LintOptions(
          requiresIdempotence: true, smallTableRows: 10, largeTableRows: 1_000,
          ignored: ["lint.index-without-concurrently": "we migrate at night"]))
  }

  @Test("refuse an unknown key and a wrong type, each with its place")
  func problems() {
    let (_, problems) = read("[lint]\nidempotnet = true\nsmall_table_rows = \"ten\"\n")
    #expect(problems.map { $0.location?.description } == ["signalbox.toml:2:1", "signalbox.toml:3:20"])
    #expect(problems.first?.advice?.contains("idempotent") == true)
  }
}
