import Postgres
import TestServer
import Testing

@Suite("The commands on the Helix sample")
struct CommandTests {
  @Test("status finds out from the catalog what another tool ran")
  func status() async throws {
    try await HelixDatabase.with { helix in
      let text = try await helix.run("status")
      #expect(text.status == 0)
      #expect(text.output.contains("65 applied · 5 pending · 3 skipped"))
      #expect(text.output.contains("Duplicate of voice memo implementation"))
      let json = try await helix.run("status", "--json", "--exit-code")
      #expect(json.status == 4)
      #expect(json.output.contains(#""applied": 65"#))
      #expect(json.output.contains(#""id": "070_user_equals_instance""#))
      #expect(try await helix.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("plan brings along what a selection requires")
  func plan() async throws {
    try await HelixDatabase.with { helix in
      let result = try await helix.run("plan", "20260206")
      #expect(result.status == 0)
      for id in [
        "070_user_equals_instance", "071_phase1", "072_phase1b", "20260205_enable_rls", "20260206_rls",
      ] {
        #expect(result.output.contains(id))
      }
      #expect(result.output.contains("ACCESS EXCLUSIVE"))
      #expect(result.output.contains("5 migrations"))
    }
  }

  @Test("verify fails before the pending five and passes after them")
  func verify() async throws {
    try await HelixDatabase.with { helix in
      let before = try await helix.run("verify", "--json")
      #expect(before.status == 1)
      let apply = try await helix.run("apply", "--yes")
      #expect(apply.status == 0)
      let after = try await helix.run("verify", "--json")
      #expect(after.status == 0)
      #expect(after.output.contains(#""failed": 0"#))
      #expect(after.output.contains(#""warnings": 0"#))
    }
  }

  @Test("apply runs the pending ones in order, each recorded, and has nothing to do the second time")
  func apply() async throws {
    try await HelixDatabase.with { helix in
      let first = try await helix.run("apply", "--yes", "--json")
      #expect(first.status == 0)
      let finished = first.output.split(separator: "\n").filter {
        $0.contains(#""kind":"migration-finished""#)
      }
      #expect(finished.count == 5)
      #expect(first.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
      let recorded = try await helix.value("SELECT string_agg(id, ' ' ORDER BY id) FROM signalbox.migration")
      #expect(
        recorded == "070_user_equals_instance 071_phase1_helix_user_context 072_phase1b_memory_synthesis "
          + "20260205_enable_rls 20260206_rls_policies")
      let second = try await helix.run("apply", "--yes")
      #expect(second.status == 0)
      #expect(second.output.contains("Nothing to do"))
      #expect(try await helix.run("status", "--exit-code").status == 0)
    }
  }

  @Test("apply --dry-run shows the difference and leaves nothing")
  func dryRun() async throws {
    try await HelixDatabase.with { helix in
      let result = try await helix.run("apply", "070", "--dry-run")
      #expect(result.status == 0)
      #expect(result.output.contains("+ column public.telemetry.user_id"))
      #expect(try await helix.run("status").output.contains("65 applied · 5 pending · 3 skipped"))
      #expect(try await helix.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("apply asks, and without anybody to ask it says so and changes nothing")
  func unattended() async throws {
    try await HelixDatabase.with { helix in
      let result = try await helix.run("apply")
      #expect(result.status == 2)
      #expect(result.errors.contains("--yes"))
      #expect(try await helix.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("--read-only refuses to apply, and the server refuses besides")
  func readOnly() async throws {
    try await HelixDatabase.with { helix in
      let apply = try await helix.run("apply", "--yes", "--read-only")
      #expect(apply.status == 2)
      let status = try await helix.run("status", "--read-only")
      #expect(status.status == 0)
    }
  }

  @Test("adopt records what is in, and never what the catalog contradicts")
  func adopt() async throws {
    try await HelixDatabase.with { helix in
      let contradicted = try await helix.run("adopt", "070", "--yes")
      #expect(contradicted.status == 1)
      #expect(contradicted.errors.contains("070_user_equals_instance"))
      let result = try await helix.run("adopt", "--yes")
      #expect(result.status == 0)
      #expect(
        try await helix.value("SELECT count(*) FROM signalbox.migration WHERE state = 'adopted'") == "65")
      #expect(try await helix.run("status").output.contains("65 applied · 5 pending · 3 skipped"))
    }
  }

  @Test("a failing migration ends with status 1, its place shown, the target as it was")
  func failure() async throws {
    let project = TemporaryProject([
      "001_good.sql": "CREATE TABLE good (x int);\n",
      "002_bad.sql": "CREATE TABLE half (x int);\nINSERT INTO good (y) VALUES (1);\n",
    ])
    try await TestServer.withDatabase { configuration in
      let helix = HelixDatabase(configuration: configuration)
      let result = try await Program.run(
        "apply", "--yes", "--project", project.path, "--database", helix.address)
      #expect(result.status == 1)
      #expect(result.output.contains("002_bad.sql:2:19"))
      #expect(
        result.output.contains(
          """
              INSERT INTO good (y) VALUES (1)
                                ^
          """))
      #expect(try await helix.value("SELECT to_regclass('good') IS NOT NULL") == "t")
      #expect(try await helix.value("SELECT to_regclass('half') IS NULL") == "t")
      let status = try await Program.run("status", "--project", project.path, "--database", helix.address)
      #expect(status.output.contains("1 applied · 1 pending"))
    }
  }

  @Test("a run that another one keeps out ends with status 5")
  func locked() async throws {
    try await HelixDatabase.with { helix in
      let holder = try await Connection.connect(helix.configuration)
      _ = try await holder.query("SELECT pg_advisory_lock(hashtextextended('signalbox:helix', 0))")
      let result = try await helix.run("apply", "--yes")
      #expect(result.status == 5)
      #expect(result.errors.contains("pid \(holder.server.processID)"))
      await holder.close()
    }
  }

  @Test("graph is printed in every form", arguments: ["text", "dot", "mermaid", "json"])
  func graph(format: String) async throws {
    let result = try await Program.run("graph", "--project", HelixDatabase.project, "--format", format)
    #expect(result.status == 0)
    #expect(result.output.contains("072_phase1b_memory_synthesis"))
  }

  @Test("every command explains itself, and completions are there")
  func help() async throws {
    for command in ["console", "status", "plan", "apply", "verify", "graph", "adopt", "demo", "sandbox"] {
      let result = try await Program.run("help", command)
      #expect(result.status == 0)
      #expect(result.output.contains("USAGE: signalbox \(command)"))
    }
    #expect(try await Program.run("--generate-completion-script", "bash").output.contains("complete"))
  }
}
