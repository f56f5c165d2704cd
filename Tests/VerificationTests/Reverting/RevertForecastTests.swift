import Migrations
import Schema
import Script
import Testing

@testable import Verification

@Suite("What a way back cannot restore")
struct RevertForecastTests {
  private func forecast(
    _ sql: String, back: String, recorded: RecordedChanges? = nil, _ objects: SchemaObject...
  ) -> RevertForecast {
    let migration = Migration(
      id: "001", version: "001", name: "", file: "001.sql", script: ScriptParser.parse(Array(sql.utf8)))
    let step = RevertStep(
      migration: migration, file: "001.down.sql", statements: ScriptParser.parse(Array(back.utf8)).statements)
    return RevertForecast(step, on: Snapshot(objects: objects), role: "me", recorded: recorded)
  }

  private let table = ObjectIdentity.table("public", "t")

  @Test("the rows of what it drops")
  func rows() {
    let found = forecast(
      "CREATE TABLE public.t (a integer);", back: "DROP TABLE public.t;",
      SchemaObject(identity: table, detail: .relation(RelationDetail(estimatedRows: 120))),
      SchemaObject(identity: .column("public", "t", "a")))
    #expect(found.removed == [table])
    #expect(found.lostRows == [RevertForecast.Loss(object: table, rows: 120)])
    #expect(found.staying.isEmpty)
    #expect(!found.isComplete)
  }

  @Test("what the migration made and the script leaves")
  func staying() {
    let function = ObjectIdentity.function("public", "f", "")
    let found = forecast(
      "CREATE TABLE public.t (a integer); CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
      back: "DROP FUNCTION public.f();", SchemaObject(identity: table), SchemaObject(identity: function))
    #expect(found.removed == [function])
    #expect(found.staying == [table])
  }

  @Test("what the migration dropped, and rows that it wrote")
  func notRestored() {
    let found = forecast(
      "ALTER TABLE public.t DROP COLUMN old; UPDATE public.t SET a = 1;", back: "SELECT 1;",
      SchemaObject(identity: table), SchemaObject(identity: .column("public", "t", "a")))
    #expect(found.notRestored == ["column public.t.old"])
    #expect(found.writtenRows == ["UPDATE public.t"])
  }

  @Test("what the history says that the migration changed, not what its file claims")
  func recorded() {
    let policy = ObjectIdentity.policy("public", "t", "p")
    let found = forecast(
      "CREATE TABLE IF NOT EXISTS public.t (a integer); CREATE POLICY p ON public.t USING (true);",
      back: "DROP POLICY p ON public.t;",
      recorded: RecordedChanges(
        migration: "001", run: 1, time: 0, altered: [policy.description],
        dropped: ["function public.old()", "grant SELECT to anon on public.t"]),
      SchemaObject(identity: table), SchemaObject(identity: policy))
    #expect(found.staying.isEmpty)
    #expect(found.notRestored == [policy.description, "function public.old()"])
  }

  @Test("nothing, where the script undoes all")
  func complete() {
    let index = ObjectIdentity.index("public", "i")
    let found = forecast(
      "CREATE INDEX i ON public.t (a);", back: "DROP INDEX public.i;", SchemaObject(identity: table),
      SchemaObject(identity: .column("public", "t", "a")),
      SchemaObject(
        identity: index,
        detail: .index(IndexDetail(table: table, isUnique: false, isPrimary: false, isValid: true))))
    #expect(found.removed == [index])
    #expect(found.isComplete)
  }
}
