import Migrations
import Postgres
import TestServer
import Testing

@Suite("Hybrid: a master schema, incremental files, a Prisma schema, an archive")
struct HybridTests {
  private static let project = HelixDatabase.repository + "/migrations/hybrid"
  private static let master = "99999999999999_master_consolidated_schema"
  private static let incremental = "20250120000000_nps_submissions"
  private static let archive = [
    "000000000800_upsert_functions", "20240101000000_initial_schema", "20240101000001_validation_queries",
    "20240101000002_enhanced_policies", "20240101000003_privacy_monitoring", "2025-11-05_telemetry",
    "2025-11-05_trust_audit", "20250101000000_performance_indexes", "20250106000000_metrics_log",
    "20250110000000_consolidated_rls_policies", "20250115000000_activation_analytics_indexes",
    "20251105_crux_hardening", "20251105_workflow_runs",
  ]

  private typealias Run = (String...) async throws -> Program.Result

  /// Lends a database after some files have been run in it.
  private func with(
    _ files: [String], _ body: (_ run: Run, HelixDatabase) async throws -> Void
  ) async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      for file in files {
        _ = try await connection.execute(try String(contentsOfFile: "\(Self.project)/\(file)"))
        _ = try await connection.execute("RESET ALL")
      }
      await connection.close()
      let database = HelixDatabase(configuration: configuration)
      try await body(
        { (arguments: String...) in
          try await Program.run(arguments + ["--project", Self.project, "--database", database.address])
        }, database)
    }
  }

  /// The files that the demonstration runs.
  private static func seeds() throws -> [String] { try ProjectReader().read(project).seeds }

  @Test("two migrations are active and thirteen archived, under the names that the documentation gives")
  func files() throws {
    let project = try ProjectReader().read(Self.project)
    #expect(project.migrations.filter(\.isRunnable).map(\.id.rawValue) == [Self.master, Self.incremental])
    let archived = project.migrations.filter { !$0.isRunnable }.map(\.id.rawValue)
    #expect(archived.sorted() == Self.archive.sorted())
    let text = try String(contentsOfFile: "\(Self.project)/supabase/migrations/\(Self.master).sql")
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count > 1_400)
  }

  @Test(
    "an empty database gets the master schema, then what it does not cover; the second time nothing changes")
  func emptyDatabase() async throws {
    try await with([]) { run, database in
      let plan = try await run("plan")
      #expect(plan.output.contains("1. \(Self.master)"))
      #expect(plan.output.contains("2. \(Self.incremental)"))
      #expect(try await run("apply", "--yes").status == 0)
      #expect(
        try await database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND rowsecurity")
          == "26")
      let status = try await run("status")
      #expect(status.output.contains("2 applied · 13 archived"))
      let again = try await run("apply", Self.master, Self.incremental, "--again", "--yes")
      #expect(again.status == 0)
      let unchanged = again.output.split(separator: "\n").filter { $0.contains("nothing changed: ") }
      #expect(unchanged.count == 2)
      #expect(try await run("verify").status == 0)
    }
  }

  @Test("a database that the archived files built never gets the master schema by accident")
  func archivedDatabase() async throws {
    // The order in which they were written, which is not that of their names.
    let order = [1, 2, 3, 4, 7, 8, 9, 10, 5, 6, 11, 12, 0].map { Self.archive[$0] }
    try await with(order.map { "supabase/migrations_archive/\($0).sql" }) { run, database in
      let plan = try await run("plan")
      #expect(!plan.output.contains(Self.master))
      let refused = try await run("apply", Self.master, "--yes")
      #expect(refused.status == 2)
      #expect(refused.errors.contains("it builds an empty database, and this one was built from the files"))
      #expect(try await run("apply", "--yes").status == 0)
      #expect(try await run("status").output.contains("1 applied · 13 archived · 1 superseded"))
      // It came to what the Prisma schema says. A policy is missing that only the master schema has, and that Prisma
      // cannot know of: the kind of drift that the documentation fears.
      let prisma = try await run("drift", "--prisma", "prisma/schema.prisma")
      #expect(prisma.status == 1)
      #expect(!prisma.output.contains("Otherwise than Prisma says"))
      #expect(
        prisma.output.contains("policy \"Admins can view all NPS submissions\" on public.nps_submissions"))
      #expect(prisma.output.contains("✓ 23 functions, as the files say"))
      #expect(prisma.output.contains("1 failed"))
      // The archived files are who made the rest, and so it is told.
      let drift = try await run("drift", "--exit-code")
      #expect(drift.status == 0, "\(drift.output)")
      #expect(drift.output.contains("Made by archived or superseded migrations"))
      #expect(drift.output.contains("  20240101000000_initial_schema  "))
      #expect(!drift.output.contains("Made by no migration"))
      _ = try await database.value("CREATE TABLE public.by_hand (id integer)")
      _ = try await database.value("ALTER TABLE public.workflows ADD COLUMN by_hand integer")
      let beside = try await run("drift", "--exit-code")
      #expect(beside.status == 1)
      #expect(beside.output.contains("! table public.by_hand"))
      #expect(beside.output.contains("! column public.workflows.by_hand"))
      #expect(beside.output.contains("2 unmanaged"))
    }
  }

  @Test("the indexes of the documentation are there, by table and columns")
  func indexes() async throws {
    try await with(try Self.seeds()) { _, database in
      for (table, columns, isUnique) in [
        ("users", "email", true), ("sessions", "token", true), ("sessions", "userId", false),
        ("events", "userId, timestamp", false), ("events", "filePath", false),
        ("patterns", "userId, fileExtension", true), ("patterns", "userId", false),
        ("workflows", "userId", false), ("workflows", "organizationId", false),
        ("workflows", "isActive", false), ("workflow_executions", "workflowId", false),
        ("workflow_executions", "status", false), ("workflow_executions", "startedAt", false),
        ("telemetry_events", "userId, timestamp", false), ("telemetry_events", "appId", false),
        ("telemetry_events", "timestamp", false),
      ] {
        let count = try await database.value(
          """
          SELECT count(*) FROM pg_index i WHERE i.indrelid = 'public.\(table)'::regclass AND i.indisunique = \(isUnique)
            AND (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
              FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number) = '\(columns)'
          """)
        #expect(count == "1", "\(table)(\(columns))")
      }
    }
  }

  @Test("the demonstration opens on a database in use, which is as files and Prisma schema say")
  func demonstration() async throws {
    try await with(try Self.seeds()) { run, database in
      #expect(try await database.value("SELECT public.nps_score()") == "33.3")
      let status = try await run("status")
      #expect(status.output.contains("2 applied · 13 archived"))
      #expect(status.output.contains("supabase says that it is in"))
      #expect(try await run("plan").output.contains("Nothing to do."))
      #expect(try await run("verify").status == 0)
      #expect(try await run("drift", "--exit-code").status == 0)
      let prisma = try await run("drift", "--exit-code", "--prisma", "prisma/schema.prisma")
      #expect(prisma.status == 0)
      for line in [
        "✓ no drift: 26 models,", "row-level security policies, as the files say",
        "functions, as the files say", "constraints, as the files say", "triggers, as the files say",
      ] {
        #expect(prisma.output.contains(line), "\(line)")
      }
    }
  }

  @Test(
    "the three kinds that Prisma has no words for drift by themselves",
    arguments: [
      (
        "ALTER POLICY \"Users can view own events\" ON public.events USING (true)", "drift.policy",
        "row-level security policies"
      ),
      (
        "ALTER TABLE public.events DISABLE ROW LEVEL SECURITY", "drift.row-security",
        "row-level security policies"
      ),
      ("ALTER FUNCTION public.is_admin() VOLATILE", "drift.function", "functions"),
      (
        """
        ALTER TABLE public.events DROP CONSTRAINT events_size_check,
          ADD CONSTRAINT events_size_check CHECK ("sizeBytes" > 0)
        """, "drift.constraint", "constraints"
      ),
    ])
  func threeKinds(change: String, code: String, kind: String) async throws {
    try await with(try Self.seeds()) { run, database in
      _ = try await database.value(change)
      let drift = try await run("drift", "--json")
      #expect(drift.status == 1)
      #expect(drift.output.contains("\"code\": \"\(code)\""), "\(drift.output)")
      let prisma = try await run("drift", "--prisma", "prisma/schema.prisma")
      #expect(prisma.status == 1)
      let line = prisma.output.split(separator: "\n").first { $0.contains(" \(kind)") } ?? ""
      #expect(line.contains("1 otherwise than the files say"), "\(prisma.output)")
      let json = try await run("drift", "--prisma", "prisma/schema.prisma", "--json")
      #expect(json.output.contains("\"code\": \"\(code)\""))
      #expect(json.output.contains("\"drift\": []"))
    }
  }

  @Test("what the database has otherwise than the Prisma schema is told with its place in the schema")
  func prismaDrift() async throws {
    try await with(try Self.seeds()) { run, database in
      _ = try await database.value("ALTER TABLE public.users ALTER email DROP NOT NULL")
      let text = try await run("drift", "--prisma", "\(Self.project)/prisma/schema.prisma")
      #expect(text.status == 1)
      #expect(text.output.contains("✗ column public.users.email, optionality  prisma.optionality"))
      #expect(text.output.contains("prisma/schema.prisma:77:16  User.email"))
      let json = try await run("drift", "--prisma", "prisma/schema.prisma", "--json")
      for member in [
        "\"code\": \"prisma.optionality\"", "\"subject\": \"User.email\"", "schema.prisma:77:16",
        "\"prisma\": \"required\"", "\"outcome\": \"agrees\"",
      ] {
        #expect(json.output.contains(member), "\(member)")
      }
    }
  }

  @Test("a Prisma schema that is not there, or not one, is refused with the place")
  func badSchema() async throws {
    try await with([]) { run, _ in
      let missing = try await run("drift", "--prisma", "nowhere.prisma")
      #expect(missing.status == 2)
      #expect(missing.errors.contains("there is no Prisma schema at nowhere.prisma"))
      let sql = "supabase/migrations/\(Self.incremental).sql"
      let wrong = try await run("drift", "--prisma", sql)
      #expect(wrong.status == 2)
      #expect(wrong.errors.contains("\(Self.incremental).sql:1:"))
      let directory = try await run("drift", "--prisma", "supabase")
      #expect(directory.errors.contains("there is no .prisma file in"))
      let kind = try await run("drift", "--prisma", "prisma/schema.prisma", "--kind", "table")
      #expect(kind.status == 2)
    }
  }

  @Test("the report documents the policies and the tables' relations; the way back is tried and taken back")
  func report() async throws {
    try await with([]) { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let report = try await run("report")
      #expect(report.output.contains("Users can view own events"))
      #expect(report.output.contains(Self.incremental))
      let mermaid = try await run("graph", "--er", "--format", "mermaid")
      #expect(mermaid.output.contains("erDiagram"))
      #expect(mermaid.output.contains("public.workflow_versions"))
      let dot = try await run("graph", "--er", "--format", "dot")
      #expect(dot.output.contains("digraph"))
      #expect(try await database.value("SELECT count(*) FROM public.feature_flags") == "4")
    }
  }
}
