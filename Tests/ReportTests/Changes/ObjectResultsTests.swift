import Migrations
import Schema
import Script
import Testing

@testable import Report

@Suite("What became of each object")
struct ObjectResultsTests {
  private static let agents = ObjectIdentity.table("public", "agents")
  private static let runs = ObjectIdentity.table("public", "runs")

  private func migration(
    _ objects: ObjectIdentity..., action: EffectAction = .creates,
    when condition: EffectCondition = .ifNotExists
  ) -> Migration {
    Migration(
      id: "PATCH", version: "", name: "", file: "PATCH.sql",
      script: ParsedScript(statements: [
        Statement(
          index: 0, text: "", byteRange: 0..<0, position: SourcePosition(line: 1, column: 1), tag: "",
          effects: objects.map { Effect(action, $0, when: condition) })
      ]))
  }

  private func lines(_ difference: SnapshotDifference, _ migration: Migration?) -> [String] {
    ResultWording(ObjectResults(difference, of: migration)).lines.map {
      [$0.outcome, $0.subject, $0.detail].filter { !$0.isEmpty }.joined(separator: " | ")
    }
  }

  private func object(
    _ identity: ObjectIdentity, _ detail: ObjectDetail = .none, _ definition: String = ""
  )
    -> SchemaObject
  {
    SchemaObject(identity: identity, definition: definition, detail: detail)
  }

  @Test("a new table tells of its parts, an old one of what came to it, an untouched one that it was there")
  func tables() {
    let before = Snapshot(objects: [object(Self.runs), object(.table("public", "tenants"))])
    let index = IndexDetail(table: Self.agents, isUnique: false, isPrimary: false, isValid: true)
    let after = Snapshot(
      objects: before.objects.values + [
        object(Self.agents), object(.column("public", "agents", "id")),
        object(.column("public", "agents", "name")),
        object(.index("public", "idx_agents_name"), .index(index)), object(.rowSecurity("public", "agents")),
        object(.policy("public", "agents", "d"), .policy(PolicyDetail(command: "DELETE", roles: []))),
        object(.policy("public", "agents", "s"), .policy(PolicyDetail(command: "SELECT", roles: []))),
        object(.column("public", "runs", "tenant_id")), object(.function("public", "f", "")),
      ])
    #expect(
      lines(
        SnapshotDifference(from: before, to: after),
        migration(Self.agents, Self.runs, .table("public", "tenants"), .function("public", "g", "")))
        == [
          "created | table public.agents | 2 columns; index idx_agents_name; row security enabled; "
            + "2 policies (SELECT, DELETE)",
          "altered | table public.runs | added column tenant_id",
          "already existed | table public.tenants | unchanged",
          "created | function public.f()", "already existed | function public.g()",
        ])
  }

  @Test("privileges are told by role, publications by their tables")
  func privileges() {
    let before = Snapshot(objects: [object(.grant("SELECT", to: "anon", on: Self.runs))])
    let after = Snapshot(objects: [
      object(.grant("SELECT", to: "authenticated", on: Self.runs)),
      object(.grant("INSERT", to: "authenticated", on: Self.runs)),
      object(ObjectIdentity(.publicationMember, schema: "public", parent: "live", name: "runs")),
    ])
    #expect(
      lines(SnapshotDifference(from: before, to: after), nil) == [
        "privileges | role anon | taken SELECT on public.runs",
        "privileges | role authenticated | given INSERT, SELECT on public.runs",
        "altered | publication live | tables public.runs",
      ])
  }

  @Test("the same catalog before and after is no change, whatever the file claims")
  func unchanged() {
    let snapshot = Snapshot(objects: [object(Self.runs)])
    let results = ObjectResults(SnapshotDifference(from: snapshot, to: snapshot), of: migration(Self.runs))
    #expect(results.isUnchanged)
    #expect(ResultWording(results).lines.map(\.outcome) == ["already existed"])
  }

  @Test(
    "what a statement does only where it finds something is not said to have been there",
    arguments: [EffectCondition.ifExists, .guarded("to_regclass('public.runs') IS NOT NULL")])
  func perhapsAbsent(_ condition: EffectCondition) {
    let nothing = SnapshotDifference(from: Snapshot(), to: Snapshot())
    let altering = migration(Self.runs, action: .alters, when: condition)
    #expect(lines(nothing, altering) == [])
    #expect(lines(nothing, migration(Self.runs, action: .alters, when: .always)).count == 1)
  }
}
