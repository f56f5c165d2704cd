import Testing

@Suite("signalbox new")
struct NewCommandTests {
  @Test("makes the file, prints its path, and makes another the next time")
  func twice() async throws {
    let project = TemporaryProject(["001_first.sql": "CREATE TABLE t (a integer);"])
    let first = try await Program.run("new", "Add a column", "--requires", "001", "--project", project.path)
    #expect(first.status == 0)
    #expect(first.output == "\(project.path)/002_add_a_column.sql\n")
    #expect(
      try String(contentsOfFile: "\(project.path)/002_add_a_column.sql")
        == "-- Add a column\n-- requires: 001_first\n")
    let second = try await Program.run("new", "Add a column", "--project", project.path)
    #expect(second.output == "\(project.path)/003_add_a_column.sql\n")
  }

  @Test("makes the first migration of a directory")
  func first() async throws {
    let project = TemporaryProject()
    let made = try await Program.run("new", "first", "--project", project.path)
    #expect(made.status == 0)
    #expect(made.output == "\(project.path)/migrations/001_first.sql\n")
    #expect(try await Program.run("graph", "--project", project.path).output.contains("001_first"))
  }

  @Test("leaves nothing where one of the files is there already")
  func neverOverwrites() async throws {
    let project = TemporaryProject([
      "sqitch.plan": "%project=p\n\nfirst 2024-01-01T00:00:00Z A <a@b> # x\n",
      "deploy/first.sql": "SELECT 1;",
      "revert/second.sql": "-- mine",
    ])
    let refused = try await Program.run("new", "second", "--project", project.path)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("revert/second.sql cannot be written: File exists"))
    #expect(try String(contentsOfFile: "\(project.path)/revert/second.sql") == "-- mine")
    #expect(throws: Program.SpawnError.self) {
      try String(contentsOfFile: "\(project.path)/deploy/second.sql")
    }
    let plan = try String(contentsOfFile: "\(project.path)/sqitch.plan")
    #expect(!plan.contains("second"))
  }

  @Test("says what is wrong with a name, a requirement or a phase")
  func badInput() async throws {
    let project = TemporaryProject(["001_first.sql": "SELECT 1;"])
    for (arguments, words) in [
      (["?"], "no letter or digit"), (["x", "--requires", "009"], "009"),
      (["x", "--phase", "P"], "there is no phase"),
    ] {
      let result = try await Program.run(["new"] + arguments + ["--project", project.path])
      #expect(result.status == 2)
      #expect(result.errors.contains(words))
    }
  }
}
