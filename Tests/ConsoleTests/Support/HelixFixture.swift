import Console
import Migrations
import Schema
import Script
import Verification

/// A project like the Helix sample: 73 migrations, of which 65 are applied, 5 pending and 3 skipped.
enum HelixFixture {
  static let project = Project(
    name: "helix", root: "migrations/helix", layout: .flat, platform: .supabase, migrations: migrations,
    phases: phases)

  /// What a server says of the first statement that is pending, where Supabase's schemas are not there.
  static let failure = ServerMessage(
    severity: "ERROR", code: "42P01", message: "relation \"auth.users\" does not exist", hint: "Install it",
    statementPosition: 81)

  static let graph = RequirementGraph(nodes: migrations.map(\.id), requirements: requirements)

  static let server = ServerSummary(
    address: "postgres@db.internal:5432/postgres", database: "postgres", version: "17.6",
    latencyMilliseconds: 3)

  static let pending: [MigrationID] = [
    "070_user_equals_instance", "071_phase1_helix_user_context", "072_phase1b_memory_synthesis",
    "20260205_enable_rls", "20260206_rls_policies",
  ]

  /// All applied migrations have their history; with `adopted: false` none has.
  static func statuses(adopted: Bool = true) -> [MigrationStatus] {
    applied.enumerated().map { index, id in
      let count = 2 + index % 7
      return MigrationStatus(
        id: id, state: .applied,
        history: adopted ? HistoryEntry(id: id, checksum: "", state: .adopted) : nil,
        evidence: evidence(found: count, of: count, prefix: "t\(index)"))
    }
      + pending.map { id in
        MigrationStatus(
          id: id, state: .pending,
          evidence: id == pending[0] ? pendingEvidence : evidence(found: 0, of: 4, prefix: "\(id)"))
      }
      + skipped.map { MigrationStatus(id: $0, state: .skipped) }
  }

  /// The first pending migration opens a table to everybody.
  static let widening = AccessOutlook(
    .prediction,
    steps: [
      AccessOutlook.Step(
        pending[0],
        change: AccessChange([
          AccessChange.Cell(
            .table("public", "plan_limits"), role: "anon", command: "SELECT",
            before: AccessChange.Reach("no grant", words: "none (no grant)"),
            after: AccessChange.Reach("all", words: "all rows"), direction: .widens)
        ]))
    ])

  static let findings: [Finding] = [
    Finding(
      code: "expectation.column", severity: .failure, migration: pending[0],
      message: "column telemetry.user_id of type uuid is not there")
  ]

  static let pendingEvidence = Evidence(items: [
    item(.table("public", "telemetry"), .found), item(.table("public", "heartbeats"), .found),
    item(.table("public", "transformations"), .found),
    item(.column("public", "telemetry", "user_id"), .missing),
    item(.column("public", "heartbeats", "user_id"), .missing),
    item(.column("public", "transformations", "user_id"), .missing),
    item(.index("public", "idx_telemetry_user_id"), .missing),
    item(.policy("public", "telemetry", "Users can select own telemetry"), .missing),
    item(.policy("public", "heartbeats", "Users can select own heartbeats"), .differs("its USING differs")),
  ])

  static let wholeEvidence = Evidence(
    items: pendingEvidence.items.map {
      EvidenceItem(object: $0.object, action: $0.action, position: $0.position, verdict: .found)
    })

  static let difference = SnapshotDifference(
    from: Snapshot(),
    to: Snapshot(objects: [SchemaObject(identity: .column("public", "telemetry", "user_id"))]))

  static func plan(_ ids: [MigrationID] = pending) -> Plan {
    Plan(
      steps: migrations.filter { ids.contains($0.id) }.map {
        PlanStep(migration: $0, mode: .single, statements: $0.script.statements)
      })
  }

  static let applied: [MigrationID] = foundation + operations + intelligence + hardening

  private static let foundation: [MigrationID] = [
    "001_initial_schema", "002_telemetry_tables", "003_user_profiles", "004_rls_policies",
    "005_user_preferences", "006_conversations", "007_workspaces", "008_usage_limits", "009_audit_log",
    "010_realtime_publication",
  ]
  private static let operations: [MigrationID] = [
    "011_file_attachments", "012_notifications", "013_tasks_and_reminders", "014_knowledge_notes",
    "015_embeddings", "016_goals", "017_memory_synthesis", "018_custom_tools", "019_voice_memos",
    "020_email_integration", "021_calendar_integration", "021b_calendar_recurrence", "022_composite_skills",
    "024_email_threads", "025_voice_commands", "026_conversation_synthesis_insights", "027_webhooks",
    "028_scheduled_jobs", "029_device_sync", "030_push_tokens", "032_email_labels_and_rules",
    "033_agenda_views", "034_performance_indexes", "035_operations_dashboard",
  ]
  private static let intelligence: [MigrationID] = [
    "036_model_registry", "037_prompt_templates", "038_model_usage", "039_message_feedback",
    "040_memory_consolidation", "041_entity_graph", "042_proactive_suggestions",
    "043_phase8_intelligence_operations", "044_agent_memory", "045_skill_composition_v2",
    "046_custom_tool_sandbox", "047_phase9_autonomy_levels", "048_phase10_voice_intelligence",
    "049_phase11_multitenant_schema", "050_tenant_invitations",
  ]
  private static let hardening: [MigrationID] = [
    "051_timestamp_defaults", "052_foreign_key_indexes", "053_soft_delete", "054_check_constraints",
    "055_api_key_rotation", "056_function_privileges", "057_tenant_policies", "059_audit_triggers",
    "060_retention_policies", "061_rate_limiting", "062_integration_secrets", "063_telemetry_rollups",
    "064_storage_tuning", "065_drop_legacy_columns", "066_function_cleanup", "067_recreate_all_triggers",
  ]
  private static let skipped: [MigrationID] = [
    "019b_voice_memos", "test_calendar_schema", "test_email_schema",
  ]

  private static let phases = [
    Phase(name: "Foundation", purpose: "Core tables, extensions, subscription tiers", migrations: foundation),
    Phase(name: "Operations", purpose: "Tools, voice, e-mail, calendar", migrations: operations),
    Phase(name: "Intelligence", purpose: "Agents, memory consolidation", migrations: intelligence),
    Phase(name: "Hardening", purpose: "Constraints, privileges, audit", migrations: hardening),
    Phase(
      name: "Phase 1", purpose: "User = instance, trust and language", migrations: [pending[0], pending[1]]),
    Phase(name: "Phase 1B", purpose: "Memory synthesis pipeline", migrations: [pending[2]]),
    Phase(
      name: "RLS hardening", purpose: "Data safety: row-level security on every user-facing table",
      migrations: [pending[3], pending[4]]),
  ]

  private static let requirements: [Requirement] = [
    Requirement(
      from: "002_telemetry_tables", to: "001_initial_schema",
      reasons: [.uses(.table("public", "instances"), at: SourcePosition(line: 5, column: 1))]),
    Requirement(
      from: "004_rls_policies", to: "002_telemetry_tables",
      reasons: [.uses(.table("public", "telemetry"), at: SourcePosition(line: 5, column: 1))]),
    Requirement(
      from: "067_recreate_all_triggers", to: "004_rls_policies",
      reasons: [.uses(.table("public", "heartbeats"), at: SourcePosition(line: 5, column: 1))]),
    Requirement(
      from: pending[0], to: "067_recreate_all_triggers",
      reasons: [
        .declared(FileLocation(file: "signalbox.toml", position: SourcePosition(line: 40, column: 1)))
      ]),
    Requirement(
      from: pending[1], to: pending[0],
      reasons: [
        .uses(.column("public", "telemetry", "user_id"), at: SourcePosition(line: 12, column: 3))
      ]),
    Requirement(
      from: pending[2], to: pending[1],
      reasons: [.uses(.table("public", "user_interactions"), at: SourcePosition(line: 9, column: 1))]),
    Requirement(
      from: pending[3], to: pending[0],
      reasons: [
        .declared(FileLocation(file: "signalbox.toml", position: SourcePosition(line: 61, column: 1)))
      ]),
    Requirement(
      from: pending[4], to: pending[3],
      reasons: [.uses(.rowSecurity("public", "instances"), at: SourcePosition(line: 4, column: 1))]),
  ]

  private static let migrations: [Migration] = (applied + pending + skipped).map { id in
    let parts = id.rawValue.split(separator: "_", maxSplits: 1).map(String.init)
    let place: Migration.Place =
      applied.contains(id) ? .applied : skipped.contains(id) ? .skipped : .active
    let folder = place == .applied ? "_applied/" : place == .skipped ? "_skipped/" : ""
    var notes = MigrationNotes()
    if id == pending[0] {
      notes = MigrationNotes(
        purpose: "Identity migration for user=instance paradigm", priority: "high",
        impact: "Without this, telemetry data won't be properly associated with users")
    }
    if place == .skipped { notes.skipReason = "Test migration, not for production" }
    return Migration(
      id: id, version: parts[0], name: parts.count > 1 ? parts[1] : "", file: "\(folder)\(id).sql",
      place: place,
      script: ParsedScript(statements: id == pending[0] ? userStatements : otherStatements(id)), notes: notes)
  }

  private static let userStatements: [Statement] = {
    let tables = ["telemetry", "heartbeats", "transformations"]
    var texts: [(String, String, LockMode, String)] = []
    for table in tables {
      texts.append(
        (
          "ALTER TABLE public.\(table)\n  ADD COLUMN IF NOT EXISTS user_id UUID REFERENCES auth.users(id)",
          "ALTER TABLE", .accessExclusive, table
        ))
    }
    for table in tables {
      texts.append(
        (
          "CREATE INDEX IF NOT EXISTS idx_\(table)_user_id ON public.\(table)(user_id, server_timestamp DESC)",
          "CREATE INDEX", .share, table
        ))
    }
    for table in tables {
      texts.append(
        (
          "CREATE POLICY \"Users can select own \(table)\"\n  ON public.\(table) FOR SELECT\n"
            + "  USING (auth.uid() = user_id)", "CREATE POLICY", .accessExclusive, table
        ))
    }
    return texts.enumerated().map { index, item in
      Statement(
        index: index, text: item.0, byteRange: 0..<item.0.utf8.count,
        position: SourcePosition(line: 10 + index * 5, column: 1), tag: item.1,
        locks: [LockForecast(mode: item.2, relation: .table("public", item.3))])
    }
  }()

  private static func otherStatements(_ id: MigrationID) -> [Statement] {
    let text = "CREATE TABLE IF NOT EXISTS public.made_by_\(id) (id UUID PRIMARY KEY, note TEXT)"
    return [
      Statement(
        index: 0, text: text, byteRange: 0..<text.utf8.count, position: SourcePosition(line: 3, column: 1),
        tag: "CREATE TABLE",
        effects: [Effect(.creates, .table("public", "made_by_\(id)"), when: .ifNotExists)])
    ]
  }

  private static func item(_ object: ObjectIdentity, _ verdict: EvidenceItem.Verdict) -> EvidenceItem {
    EvidenceItem(
      object: object, action: .creates, position: SourcePosition(line: 10, column: 1), verdict: verdict)
  }

  private static func evidence(found: Int, of count: Int, prefix: String) -> Evidence {
    Evidence(
      items: (0..<count).map { item(.table("public", "\(prefix)_\($0)"), $0 < found ? .found : .missing) })
  }
}
