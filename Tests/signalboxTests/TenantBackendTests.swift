import Postgres
import TestServer
import Testing

@Suite("The tenant backend: a patch on a living database")
struct TenantBackendTests {
  private static let project = HelixDatabase.repository + "/migrations/tenant-backend"

  private func with(
    _ body: (_ run: (String...) async throws -> Program.Result, HelixDatabase) async throws -> Void
  ) async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      _ = try await connection.execute(try String(contentsOfFile: Self.project + "/seed.sql"))
      await connection.close()
      let database = HelixDatabase(configuration: configuration)
      try await body(
        { (arguments: String...) in
          try await Program.run(arguments + ["--project", Self.project, "--database", database.address])
        }, database)
    }
  }

  @Test("apply prints and report keeps what became of each object; the second time nothing")
  func results() async throws {
    try await with { run, _ in
      let expected = try await run("report").output
      #expect(expected.contains("- Creates view `public.user_tenants`"))
      // What others refer to stays as it is, and a view's columns come with it.
      #expect(!expected.contains("Replaces column"))
      #expect(
        expected.contains(
          "- Adds columns `public.telemetry_events.tenant_id` uuid, `public.workflow_executions.tenant_id` uuid\n"
        ))
      let first = try await run("apply", "--yes")
      #expect(first.status == 0)
      for (outcome, table, words) in [
        ("created", "agents", "15 columns"), ("created", "agent_executions", "11 columns"),
        ("created", "workflows", "16 columns"), ("altered", "workflow_executions", "added column tenant_id"),
        ("created", "subscriptions", "13 columns"), ("created", "usage_metrics", "6 columns"),
        ("created", "billing_events", "5 columns"), ("altered", "telemetry_events", "added column tenant_id"),
        ("created", "workflow_execution_logs", "12 columns"),
        ("created", "agent_execution_logs", "10 columns"),
        ("created", "error_logs", "7 columns"), ("created", "performance_metrics", "5 columns"),
        ("created", "webhook_endpoints", "8 columns"), ("created", "artifacts", "8 columns"),
        ("already existed", "tenants", "unchanged"),
        ("altered", "tenant_members", "trigger update_tenant_members_updated_at"),
      ] {
        let line = first.output.split(separator: "\n").first { $0.contains(" table public.\(table)  ") }
        #expect(line?.contains(outcome) ?? false, "\(table)")
        #expect(line?.contains(words) ?? false, "\(table)")
      }
      #expect(first.output.contains("created         view public.user_tenants"))
      #expect(first.output.contains("created         function public.generate_webhook_secret()"))
      #expect(first.output.contains("role anon  given SELECT on public.user_tenants"))
      let second = try await run("apply", "PATCH", "--again", "--yes")
      #expect(second.status == 0)
      #expect(second.output.contains("nothing changed: "))
      let report = try await run("report")
      #expect(report.output.contains("run again (run 2), it changed nothing"))
      #expect(
        report.output.contains(
          "| `public.agents` | 15 | 3: idx_agents_category, idx_agents_enabled, "
            + "idx_agents_tenant_id | ✅ on | 4: SELECT, INSERT, UPDATE, DELETE | update_agents_updated_at |"))
      #expect(report.output.contains("| ✅ already existed, verified | `table public.tenants` | unchanged |"))
      #expect(report.output.contains("Publication `supabase_realtime`: present"))
      #expect(report.output.contains("Called to see that they work"))
      #expect(
        report.output.contains("generate\\_webhook\\_secret()")
          || report.output.contains("generate_webhook_secret()"))
    }
  }

  @Test("without the publication nothing is added to it, and the report says so")
  func withoutPublication() async throws {
    try await with { run, database in
      _ = try await database.value("DROP PUBLICATION supabase_realtime")
      #expect(try await run("apply", "--yes").status == 0)
      #expect(
        try await run("report").output.contains(
          "Publication `supabase_realtime`: not present, so nothing was added to it"))
    }
  }

  @Test("revert runs ROLLBACK.sql and says what it cannot restore")
  func revert() async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let reverted = try await run("revert", "--yes")
      #expect(reverted.status == 0)
      #expect(reverted.output.contains("PATCH  ROLLBACK.sql"))
      #expect(reverted.output.contains("view public.user_tenants"))
      let stays = reverted.output.split(separator: "\n").first { $0.contains("stays  ") } ?? ""
      #expect(stays.contains("12 of kind table"))
      let lost = reverted.output.split(separator: "\n").first { $0.contains("not restored  ") } ?? ""
      #expect(
        lost.contains("policy \"Users can view own workflow executions\" on public.workflow_executions"))
      #expect(try await database.value("SELECT to_regclass('public.agents') IS NULL") == "f")
      #expect(try await database.value("SELECT to_regclass('public.user_tenants') IS NULL") == "t")
      #expect(try await database.value("SELECT state FROM signalbox.migration") == "reverted")
    }
  }

  @Test("the demonstration opens on the database before the patch, whose tables already exist")
  func before() async throws {
    try await with { run, database in
      let status = try await run("status")
      #expect(status.output.contains("PATCH  ○ pending"))
      for table in ["tenants", "tenant_members", "workflow_executions", "telemetry_events"] {
        #expect(try await database.value("SELECT to_regclass('public.\(table)') IS NULL") == "f")
      }
      #expect(try await run("plan").output.contains("1. PATCH"))
      #expect(try await database.value("SELECT count(*) FROM public.tenants") == "2")
    }
  }

  @Test("after the patch every statement of the documentation holds, by looking and by doing as each role")
  func verified() async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let looked = try await run("verify")
      #expect(looked.status == 0)
      #expect(looked.output.contains("✗ Failed:   0"))
      let tried = try await run("verify", "--probe", "--yes")
      #expect(tried.status == 0)
      #expect(tried.output.contains("✗ Failed:   0"))
      #expect(tried.output.contains("! Warnings: 0"))
      // What was tried has left nothing behind.
      #expect(try await database.value("SELECT count(*) FROM public.agents") == "0")
      #expect(try await run("drift", "--exit-code").status == 0)
      #expect(try await run("plan").output.contains("Nothing to do."))
    }
  }

  @Test(
    "what somebody changes afterwards is told",
    arguments: [
      ("ALTER POLICY \"Tenant members can view agents\" ON public.agents USING (true)", "drift.policy"),
      ("DROP POLICY \"Tenant members can view agents\" ON public.agents", "drift.missing"),
      ("ALTER TABLE public.agents DISABLE ROW LEVEL SECURITY", "drift.row-security"),
      (
        """
        CREATE OR REPLACE FUNCTION public.generate_webhook_secret() RETURNS text LANGUAGE sql
        SET search_path = '' AS $$ SELECT 'whsec_1' $$
        """, "drift.function"
      ),
      (
        "ALTER TABLE public.telemetry_events DROP CONSTRAINT telemetry_events_tenant_id_fkey", "drift.missing"
      ),
      ("DROP TRIGGER update_agents_updated_at ON public.agents", "drift.missing"),
      ("REVOKE SELECT ON public.user_tenants FROM anon", "drift.missing"),
      ("GRANT INSERT ON public.agents TO anon", "evidence.missing"),
    ])
  func drift(change: String, code: String) async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      _ = try await database.value(change)
      #expect(try await run("verify").status == 1)
      let found = try await run(code.hasPrefix("drift") ? "drift" : "verify", "--json")
      #expect(found.status == 1)
      #expect(found.output.contains("\"code\": \"\(code)\""), "\(found.output)")
    }
  }

  @Test("functions are called: the secret is one, and the trigger's function sets the time")
  func calls() async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let secret = try await database.value("SELECT public.generate_webhook_secret()") ?? ""
      #expect(secret.hasPrefix("whsec_"))
      let touched = try await database.value(
        """
        WITH old AS (SELECT min(updated_at) AS at FROM public.tenant_members),
          changed AS (UPDATE public.tenant_members SET role = role RETURNING updated_at)
        SELECT bool_and(changed.updated_at > old.at) FROM old, changed
        """)
      #expect(touched == "t")
    }
  }
}
