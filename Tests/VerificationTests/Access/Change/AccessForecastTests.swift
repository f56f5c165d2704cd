import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing
import Verification

@Suite("Access, foretold and found by running")
struct AccessForecastTests {
  /// A database with notes of users, a view, a function and a role.
  private static let base = """
    CREATE TABLE public.limits (id int PRIMARY KEY, tier text);
    CREATE TABLE public.notes (id int PRIMARY KEY, user_id uuid, team text, is_public boolean);
    ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "Own notes" ON public.notes FOR SELECT TO authenticated USING (auth.uid() = user_id);
    CREATE POLICY "New notes" ON public.notes FOR INSERT TO authenticated WITH CHECK (auth.uid() = user_id);
    CREATE TABLE public.members (user_id uuid, team text);
    ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "Own memberships" ON public.members FOR SELECT TO authenticated USING (auth.uid() = user_id);
    CREATE VIEW public.all_notes WITH (security_invoker = true) AS SELECT * FROM public.notes;
    CREATE FUNCTION public.me() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT auth.uid()';
    CREATE SCHEMA inside;
    CREATE TABLE inside.things (id int);
    """

  /// One script, and what it changes.
  struct Trial: Sendable, CustomTestStringConvertible {
    var sql: String
    var sentences: [String]
    var testDescription: String { sql }

    init(_ sql: String, _ sentences: String...) {
      self.sql = sql
      self.sentences = sentences
    }
  }

  @Test(
    "one statement or a few: the forecast is what running them shows",
    arguments: [
      Trial("CREATE INDEX ON notes (team)"),
      Trial(
        "ALTER TABLE limits ENABLE ROW LEVEL SECURITY",
        "narrows anon SELECT, INSERT, UPDATE, DELETE on public.limits: all rows → none (no policy)",
        "narrows authenticated SELECT, INSERT, UPDATE, DELETE on public.limits: all rows → none (no policy)"),
      Trial(
        "ALTER TABLE notes DISABLE ROW LEVEL SECURITY",
        "widens exposed: anon can now read, add to, change and delete from public.all_notes: none (no policy) → all rows",
        "widens authenticated SELECT, INSERT on public.all_notes: own rows by user_id → all rows",
        "widens exposed: authenticated can now change and delete from public.all_notes: none (no policy) → all rows",
        "widens exposed: anon can now read, add to, change and delete from public.notes: none (no policy) → all rows",
        "widens authenticated SELECT, INSERT on public.notes: own rows by user_id → all rows",
        "widens exposed: authenticated can now change and delete from public.notes: none (no policy) → all rows"
      ),
      Trial(
        "CREATE POLICY everyone ON notes FOR SELECT USING (is_public)",
        "widens exposed: anon can now read public.all_notes: none (no policy) → rows by is_public",
        "widens exposed: anon can now read public.notes: none (no policy) → rows by is_public",
        "differs authenticated SELECT on public.all_notes: own rows by user_id → rows by is_public, user_id",
        "differs authenticated SELECT on public.notes: own rows by user_id → rows by is_public, user_id"),
      Trial(
        "ALTER POLICY \"Own notes\" ON notes USING (true)",
        "widens authenticated SELECT on public.all_notes: own rows by user_id → all rows",
        "widens authenticated SELECT on public.notes: own rows by user_id → all rows"),
      Trial(
        "DROP POLICY \"Own notes\" ON notes; CREATE POLICY mine ON notes FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id)"
      ),
      Trial(
        "DROP POLICY \"Own notes\" ON notes; CREATE POLICY teams ON notes FOR SELECT TO authenticated USING (team IN (SELECT team FROM members WHERE user_id = me()))",
        "differs authenticated SELECT on public.all_notes: own rows by user_id → own rows by team, not all of them",
        "differs authenticated SELECT on public.notes: own rows by user_id → own rows by team, not all of them"
      ),
      Trial(
        "REVOKE ALL ON limits FROM PUBLIC, anon; GRANT SELECT (tier) ON limits TO anon",
        "narrows anon SELECT on public.limits: all rows → all rows of columns tier",
        "narrows anon INSERT, UPDATE, DELETE on public.limits: all rows → none (no grant)"),
      Trial(
        "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM anon, authenticated",
        "narrows authenticated INSERT on public.all_notes: own rows by user_id → none (no grant)",
        "narrows anon INSERT, UPDATE, DELETE on public.limits: all rows → none (no grant)",
        "narrows authenticated INSERT, UPDATE, DELETE on public.limits: all rows → none (no grant)",
        "narrows authenticated INSERT on public.notes: own rows by user_id → none (no grant)"),
      Trial(
        "GRANT USAGE ON SCHEMA inside TO anon; GRANT SELECT ON inside.things TO anon",
        "widens exposed: anon can now read inside.things: none (no grant) → all rows"),
      Trial(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA inside GRANT SELECT ON TABLES TO authenticated; GRANT USAGE ON SCHEMA inside TO authenticated; CREATE TABLE inside.later (id int)",
        "widens exposed: authenticated can now read inside.later: new → all rows"),
      Trial(
        "ALTER TABLE limits RENAME TO quotas; ALTER TABLE quotas ENABLE ROW LEVEL SECURITY; ALTER TABLE quotas RENAME TO limits; ALTER TABLE limits DISABLE ROW LEVEL SECURITY"
      ),
      Trial(
        "ALTER VIEW all_notes SET (security_invoker = false)",
        "widens exposed: anon can now read, add to, change and delete from public.all_notes: none (no policy) → all rows",
        "widens authenticated SELECT, INSERT on public.all_notes: own rows by user_id → all rows",
        "widens exposed: authenticated can now change and delete from public.all_notes: none (no policy) → all rows"
      ),
      Trial(
        "CREATE FUNCTION public.purge() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM public.notes'",
        "widens exposed: anon can now call public.purge(): new → may call",
        "widens exposed: authenticated can now call public.purge(): new → may call",
        "new new public.purge(): service_role may call"),
      Trial(
        "REVOKE EXECUTE ON FUNCTION me() FROM PUBLIC, anon",
        "narrows anon EXECUTE on public.me(): may call → may not call (no grant)"),
      Trial(
        "CREATE TABLE public.drafts (id int, user_id uuid); ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON public.drafts TO authenticated USING (user_id = auth.uid())",
        "new new public.drafts: authenticated SELECT, INSERT, UPDATE, DELETE own rows by user_id; service_role SELECT, INSERT, UPDATE, DELETE all rows"
      ),
      Trial(
        "CREATE POLICY only_own ON limits AS RESTRICTIVE USING (false); ALTER TABLE limits ENABLE ROW LEVEL SECURITY; CREATE POLICY read ON limits FOR SELECT USING (true)",
        "narrows anon SELECT, INSERT, UPDATE, DELETE on public.limits: all rows → none (no policy)",
        "narrows authenticated SELECT, INSERT, UPDATE, DELETE on public.limits: all rows → none (no policy)"),
      Trial("DROP TABLE limits"),
    ])
  func trials(_ trial: Trial) async throws {
    try await withAccessDatabase(Self.base) { connection, _ in
      let step = try await Self.compare(ScriptParser.parse(trial.sql), over: connection)
      #expect(step.change.sentences.map { "\($0.direction.word) \($0.text)" } == trial.sentences)
      #expect(step.unknowns.isEmpty)
    }
  }

  @Test("what hangs on what a statement finds is said to be unknown")
  func unknowns() async throws {
    try await withAccessDatabase(Self.base) { connection, _ in
      let sql = """
        DO $$ DECLARE t text; BEGIN
          FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
          END LOOP;
        END $$;
        """
      let plan = Self.plan([("001_a", ScriptParser.parse(sql))])
      let forecast = AccessForecaster.forecast(
        plan, on: try await Self.snapshot(connection), role: connection.server.user)
      #expect(forecast.steps[0].unknowns.first?.location?.description == "001_a.sql:1:1")
      #expect(forecast.steps[0].change.isEmpty)
    }
  }

  @Test(
    "for the samples, each migration's forecast is what running it shows",
    arguments: ["helix", "lift-sys", "tenant-backend"])
  func samples(_ name: String) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(name)")
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      let seed = "\(project.root)/seed.sql"
      if FileSystem.local.kind(seed) == .file {
        try await connection.execute(String(decoding: try FileSystem.local.read(seed), as: UTF8.self))
      }
      for migration in project.migrations where migration.place == .applied {
        let bytes = try FileSystem.local.read("\(project.root)/\(migration.file)")
        try await connection.execute(String(decoding: bytes, as: UTF8.self))
        try await connection.execute("RESET ALL")
      }
      let pending = project.migrations.filter { $0.place == .active }
      let plan = Self.plan(pending.map { ($0.id.rawValue, $0.script) })
      let first = try await Self.snapshot(connection)
      let forecast = AccessForecaster.forecast(plan, on: first, role: connection.server.user)
      var before = AccessMatrix(first)
      for (step, planned) in zip(forecast.steps, plan.steps) {
        for statement in planned.statements { try await connection.execute(statement.text) }
        try await connection.execute("RESET ALL")
        let after = AccessMatrix(try await Self.snapshot(connection))
        let real = AccessComparison(from: before, to: after).change
        let known = Self.known(real, except: step.unknowns)
        #expect(Self.words(step.change) == Self.words(known), "\(step.migration)")
        before = after
      }
      #expect(forecast.steps.contains { !$0.change.isEmpty })
      await connection.close()
    }
  }

  // MARK: Running

  private static let samples: String = {
    let folders = #filePath.split(separator: "/").dropLast(5)
    return "/" + folders.joined(separator: "/") + "/migrations"
  }()

  private static func plan(_ scripts: [(String, ParsedScript)]) -> Plan {
    Plan(
      steps: scripts.map { name, script in
        let migration = Migration(
          id: MigrationID(name), version: "001", name: "a", file: "\(name).sql", checksum: "",
          script: script)
        return PlanStep(migration: migration, mode: .single, statements: script.statements)
      })
  }

  private static func snapshot(_ connection: Connection) async throws -> Snapshot {
    var scope = SnapshotScope.supabase
    scope.includesSizes = false
    scope.includesDependencies = true
    return try await CatalogReader(connection).snapshot(scope)
  }

  /// The forecast of a script, after it was found to be what running it shows.
  private static func compare(
    _ script: ParsedScript, over connection: Connection
  ) async throws -> AccessOutlook.Step {
    let before = try await snapshot(connection)
    let forecast = AccessForecaster.forecast(
      plan([("001_a", script)]), on: before, role: connection.server.user)
    for statement in script.statements { try await connection.execute(statement.text) }
    let after = try await snapshot(connection)
    let real = AccessComparison(from: AccessMatrix(before), to: AccessMatrix(after)).change
    #expect(words(forecast.steps[0].change) == words(real))
    return forecast.steps[0]
  }

  /// What a forecast claims to know: of new views only what reading gives, and nothing of what it calls unknown.
  private static func known(
    _ change: AccessChange, except unknowns: [AccessOutlook.Unknown]
  ) -> AccessChange {
    let unknown = Set(unknowns.compactMap(\.object))
    return AccessChange(
      change.cells.filter { cell in
        !unknown.contains(cell.object)
          && (cell.object.kind != .view || cell.command == "SELECT" || cell.before != nil)
      })
  }

  private static func words(_ change: AccessChange) -> [String] {
    change.cells.map { cell in
      "\(cell.direction) \(cell.role) \(cell.command) \(cell.object): \(cell.before?.words ?? "new") → \(cell.after.words)"
    }
  }
}
