import Testing

@Suite("The command lint")
struct LintCommandTests {
  @Test("it needs no database, and takes files and selectors alike")
  func files() async throws {
    let file = HelixDatabase.project + "/070_user_equals_instance.sql"
    let byFile = try await Program.run("lint", "--project", HelixDatabase.project, "--json", file)
    let byVersion = try await Program.run("lint", "--project", HelixDatabase.project, "--json", "070")
    #expect(byFile.status == 0)
    #expect(byFile.output == byVersion.output)
    #expect(byFile.output.contains(#""code": "lint.index-without-concurrently""#))
    #expect(!byFile.output.contains("071_phase1_helix_user_context"))
  }

  @Test("a file of another project and an unknown name are refused")
  func unknown() async throws {
    let other = HelixDatabase.repository + "/migrations/lift-sys/007_create_views.sql"
    for subject in [other, "nonsense"] {
      let result = try await Program.run("lint", "--project", HelixDatabase.project, subject)
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
    }
  }

  @Test("it ends with status 1 on a failure, which stands with its place")
  func failure() async throws {
    let project = TemporaryProject([
      "001_open.sql": "CREATE TABLE t (a int);\nCREATE POLICY p ON t USING (true);\n"
    ])
    let result = try await Program.run("lint", "--project", project.path)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("✗ 001_open.sql:2:1 lint.policy-without-row-security\n"))
  }

  @Test(
    "with a database small tables and applied migrations are left alone, and nothing is found that no file made"
  )
  func database() async throws {
    try await HelixDatabase.with { helix in
      let result = try await helix.run("lint", "--json")
      #expect(result.status == 0)
      for code in ["index-without-concurrently", "constraint-validated-at-once", "not-null-scans"] {
        #expect(!result.output.contains("lint.\(code)"))
      }
      #expect(result.output.contains("lint.auth-call-per-row"))
      #expect(!result.output.contains(#""migration": null"#))
    }
  }
}
