import Postgres
import TestServer
import Testing

@Suite("A protected target")
struct ProtectedTargetTests {
  private static let files = [
    "001_limits.sql": """
    CREATE TABLE limits (id int PRIMARY KEY, user_id uuid);
    ALTER TABLE limits ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON limits FOR SELECT TO authenticated USING (auth.uid() = user_id);
    """,
    "001_limits.down.sql": "DROP TABLE limits;",
    "002_open.down.sql": "DROP POLICY everyone ON limits; ALTER TABLE limits DISABLE ROW LEVEL SECURITY;",
    "002_open.sql": "CREATE POLICY everyone ON limits FOR SELECT TO anon USING (true);\n",
    "004_note.sql": "COMMENT ON TABLE limits IS 'What each may use.'",
    "004_note.down.sql": """
    COMMENT ON TABLE limits IS NULL;
    DO $$ DECLARE t text; BEGIN
      FOR t IN SELECT relname FROM pg_class WHERE relname = 'limits' LOOP
        EXECUTE format('CREATE POLICY hidden ON %I FOR SELECT TO anon USING (true)', t);
      END LOOP;
    END $$;
    """,
    // What it makes is known only where it runs.
    "003_hidden.sql": """
    DO $$ DECLARE t text; BEGIN
      FOR t IN SELECT relname FROM pg_class WHERE relname = 'limits' LOOP
        EXECUTE format('CREATE POLICY hidden ON %I FOR DELETE TO anon USING (true)', t);
      END LOOP;
    END $$;
    """,
  ]

  /// A project with a protected target on a database of its own.
  struct Production: Sendable {
    let project: TemporaryProject
    let database: HelixDatabase
    let name: String

    func run(_ arguments: String...) async throws -> Program.Result { try await run(arguments) }

    func run(_ arguments: [String]) async throws -> Program.Result {
      try await Program.run(arguments + ["--project", project.path, "--database", "production"])
    }

    func policies() async throws -> String? {
      try await database.value(
        "SELECT string_agg(policyname, ' ' ORDER BY policyname) FROM pg_policies WHERE tablename = 'limits'")
    }
  }

  private func withProduction(_ body: (Production) async throws -> Void) async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let database = HelixDatabase(configuration: configuration)
      var files = Self.files
      files["signalbox.toml"] = """
        name = "limits"
        platform = "supabase"
        [target.production]
        url = "\(database.address)"
        protected = true
        [[expect]]
        migration = "001_limits"
        access."public.limits" = { authenticated = "own", anon = "none" }
        """
      let production = Production(
        project: TemporaryProject(files), database: database,
        name: configuration.parameters["dbname"] ?? "")
      try await body(production)
    }
  }

  @Test("is changed only with its name, and access widens only if that is acknowledged")
  func acknowledgement() async throws {
    try await withProduction { production in
      let unnamed = try await production.run("apply", "001", "--yes")
      #expect(unnamed.status == 2)
      #expect(unnamed.errors.contains("protected"))
      let misnamed = try await production.run("apply", "001", "--confirm", "other")
      #expect(misnamed.status == 2)
      #expect(try await production.policies() == nil)
      let named = try await production.run("apply", "001", "--confirm", production.name)
      #expect(named.status == 0, "\(named.errors)")

      let refused = try await production.run("apply", "002", "--confirm", production.name)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("exposed: anon can now read public.limits"))
      #expect(refused.errors.contains("--acknowledge-access \"anon public.limits\""))
      let other = try await production.run(
        "apply", "002", "--confirm", production.name, "--acknowledge-access", "authenticated public.limits")
      #expect(other.status == 2)
      #expect(try await production.policies() == "own")
      let acknowledged = try await production.run(
        "apply", "002", "--confirm", production.name, "--acknowledge-access", "anon public.limits")
      #expect(acknowledged.status == 0, "\(acknowledged.errors)")
      #expect(acknowledged.output.contains("exposed: anon can now read public.limits"))
      #expect(try await production.policies() == "everyone own")
      #expect(
        try await production.database.value(
          "SELECT detail -> 'changes' -> 0 ->> 'role' FROM signalbox.event WHERE kind = 'access-changed' AND migration LIKE '002%'"
        ) == "anon")

      // Beyond what was announced nothing is committed, whatever was confirmed before.
      let hidden = try await production.run("apply", "003", "--confirm", production.name)
      #expect(hidden.status == 1)
      #expect(hidden.output.contains("widens access beyond what was announced"))
      #expect(try await production.policies() == "everyone own")
    }
  }

  @Test("is read-only, and nothing that takes locks or makes rows goes without its name")
  func locked() async throws {
    try await withProduction { production in
      #expect(try await production.run("apply", "--confirm", production.name, "001").status == 0)
      for arguments in [
        ["apply", "--dry-run"], ["plan", "--rehearse"], ["inspect", "access", "--probe", "--yes"],
      ] {
        let result = try await Program.run(
          arguments + ["--project", production.project.path, "--database", "production"])
        #expect(result.status == 2, "\(arguments): \(result.output) \(result.errors)")
      }
      let rehearsed = try await production.run("plan", "--rehearse", "--json", "--confirm", production.name)
      #expect(rehearsed.status == 0, "\(rehearsed.errors)")
      #expect(rehearsed.output.contains("\"method\": \"rehearsal\""))
      let foretold = try await production.run("plan", "--json")
      #expect(foretold.status == 0)
      #expect(foretold.output.contains("\"method\": \"prediction\""))
      #expect(foretold.output.contains("\"anon public.limits\""))
      #expect(try await production.run("verify").status == 0)
      #expect(try await production.policies() == "own")
    }
  }

  @Test("is taken back only with its name, and access widens only if that is acknowledged")
  func revert() async throws {
    try await withProduction { production in
      let confirmed = ["--confirm", production.name]
      let anon = ["--acknowledge-access", "anon public.limits"]
      #expect(try await production.run(["apply", "001", "002"] + confirmed + anon).status == 0)
      let unacknowledged = try await production.run(["revert", "002"] + confirmed)
      #expect(unacknowledged.status == 2)
      #expect(unacknowledged.errors.contains("--acknowledge-access \"authenticated public.limits\""))
      #expect(unacknowledged.output.contains("Access afterwards, foretold from the files"))
      #expect(try await production.policies() == "everyone own")
      let phrases = ["anon", "authenticated"].flatMap { ["--acknowledge-access", "\($0) public.limits"] }
      let unnamed = try await production.run(["revert", "002"] + phrases)
      #expect(unnamed.status == 2)
      #expect(unnamed.errors.contains("protected"))
      let done = try await production.run(["revert", "002", "--json"] + confirmed + phrases)
      #expect(done.status == 0, "\(done.errors)")
      #expect(done.output.contains("\"acknowledge\""))
      #expect(try await production.policies() == "own")
      let harmless = try await production.run(["revert", "001"] + confirmed)
      #expect(harmless.status == 0, "\(harmless.errors)")
    }
  }

  @Test("is not taken back where the script widens access beyond what was announced, but for who accepts it")
  func revertBeyondForecast() async throws {
    try await withProduction { production in
      let confirmed = ["--confirm", production.name]
      #expect(try await production.run(["apply", "001", "004"] + confirmed).status == 0)
      let refused = try await production.run(["revert", "004"] + confirmed)
      #expect(refused.status == 1)
      #expect(refused.output.contains("the migration widens access beyond what was announced"))
      #expect(refused.output.contains("exposed: anon can now read public.limits"))
      #expect(refused.output.contains("rolled back"))
      #expect(try await production.policies() == "own")
      let state = "SELECT state FROM signalbox.migration WHERE id = '004_note'"
      #expect(try await production.database.value(state) == "applied")

      let stopped = try await start(production, "revert", "004", "--confirm", production.name)
      try await stopped.waitFor("[a/k]")
      try await stopped.press("a", "Enter")
      try await stopped.waitForEnd(status: 6)
      #expect(try await production.policies() == "own")
      let accepted = try await start(production, "revert", "004", "--confirm", production.name)
      try await accepted.waitFor("[a/k]")
      try await accepted.press("k", "Enter")
      try await accepted.waitForEnd(status: 0)
      #expect(try await production.policies() == "hidden own")
      #expect(try await production.database.value(state) == "reverted")
      #expect(
        try await production.database.value(
          "SELECT migration FROM signalbox.event WHERE kind = 'access-changed' AND run_id = (SELECT max(id) FROM signalbox.run)"
        ) == "004_note")
    }
  }

  /// Runs a command on a terminal, and waits for its first question.
  private func start(_ production: Production, _ arguments: String...) async throws -> TmuxTerminal {
    try await TmuxTerminal.start(
      [Program.path] + arguments + ["--project", production.project.path, "--database", "production"])
  }

  @Test("apply asks on a terminal for what widens and for the name, and a wrong word ends it")
  func typedApply() async throws {
    try await withProduction { production in
      #expect(try await production.run("apply", "001", "--confirm", production.name).status == 0)
      let refused = try await start(production, "apply", "002")
      try await refused.waitFor("acknowledge it: anon public.limits:")
      try await refused.press("anon", "Enter")
      try await refused.waitForEnd(status: 6)
      #expect(try await production.policies() == "own")
      let typed = try await start(production, "apply", "002")
      try await typed.waitFor("acknowledge it: anon public.limits:")
      try await typed.press("anon public.limits", "Enter")
      try await typed.waitFor("type the database's name to go on:")
      try await typed.press(production.name, "Enter")
      try await typed.waitForEnd(status: 0)
      #expect(try await production.policies() == "everyone own")
    }
  }

  @Test("revert asks on a terminal for what widens and for the name")
  func typedRevert() async throws {
    try await withProduction { production in
      let anon = "anon public.limits"
      let applied = try await production.run(
        "apply", "001", "002", "--confirm", production.name, "--acknowledge-access", anon)
      #expect(applied.status == 0, "\(applied.errors)")
      let refused = try await start(production, "revert", "002")
      try await refused.waitFor("acknowledge it: \(anon):")
      try await refused.press("Enter")
      try await refused.waitForEnd(status: 6)
      let typed = try await start(production, "revert", "002")
      try await typed.waitFor("acknowledge it: \(anon):")
      try await typed.press(anon, "Enter")
      try await typed.waitFor("acknowledge it: authenticated public.limits:")
      try await typed.press("authenticated public.limits", "Enter")
      try await typed.waitFor("type the database's name to go on:")
      try await typed.press(production.name, "Enter")
      try await typed.waitForEnd(status: 0)
      #expect(try await production.policies() == "own")
    }
  }

  @Test("verify --probe asks on a terminal for the name before it makes a row")
  func typedProbe() async throws {
    try await withProduction { production in
      #expect(try await production.run("apply", "001", "--confirm", production.name).status == 0)
      let refused = try await start(production, "verify", "--probe")
      try await refused.waitFor("The target is protected")
      try await refused.press("wrong", "Enter")
      try await refused.waitForEnd(status: 6)
      let typed = try await start(production, "verify", "--probe")
      try await typed.waitFor("The target is protected")
      try await typed.press(production.name, "Enter")
      try await typed.waitForEnd(status: 0)
    }
  }
}
