import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Evidence of rights, settings and what the platform gives")
struct EvidenceOfRightsTests {
  @Test("a flag that is already set proves nothing for who sets it again")
  func flags() {
    let flag = SchemaObject(identity: .rowSecurity("public", "a"))
    let files = [
      migration("001", [creates(table("a"))]), migration("002", [creates(flag, when: .ifNotExists)]),
      migration("003", [creates(flag, when: .ifNotExists)]),
    ]
    #expect(summary(files, [table("a")]) == "001 1/1, 002 0/1, 003 -")
    #expect(summary(files, [table("a"), flag]) == "001 1/1, 002 1/1, 003 -")
  }

  @Test("what a migration merely asks for proves it where nothing else does, unless the platform gives it")
  func askedFor() {
    let pgcrypto = SchemaObject(identity: ObjectIdentity(.extension, name: "pgcrypto"))
    let both = [migration("001", [creates(pgcrypto, when: .ifNotExists)], [creates(table("a"))])]
    #expect(summary(both, [pgcrypto]) == "001 0/1")
    #expect(summary(both, [pgcrypto, table("a")]) == "001 2/2")
    #expect(summary(both, []) == "001 0/2")
    let alone = [migration("001", [creates(pgcrypto, when: .ifNotExists)])]
    #expect(summary(alone, [pgcrypto]) == "001 1/1")
    #expect(summary(alone, [pgcrypto], platform: .supabase) == "001 -")
    #expect(summary(alone, [], platform: .supabase) == "001 0/1")
  }

  @Test("a patch of a database that has some of its tables already is pending until it has run")
  func patch() {
    let old = [table("a"), column("a", "x")]
    let files = [
      migration(
        "001", [creates(old[0], when: .ifNotExists), creates(old[1], when: .ifNotExists)],
        [drops(policy("p", on: "a", using: "true"), when: .ifExists)],
        [creates(policy("p", on: "a", using: "true"))],
        [creates(column("a", "y"))])
    ]
    #expect(summary(files, old + [policy("p", on: "a", using: "true")]) == "001 0/1")
    #expect(summary(files, old + [policy("p", on: "a", using: "true"), column("a", "y")]) == "001 4/4")
  }

  @Test("an owner needs no grant, and default privileges may have granted before the migration does")
  func grants() {
    let a = table("a")
    let toOwner = SchemaObject(identity: .grant("SELECT", to: "postgres", on: a.identity))
    let toReader = SchemaObject(identity: .grant("SELECT", to: "anon", on: a.identity))
    let files = [migration("001", [creates(a)]), migration("002", [creates(toReader), creates(toOwner)])]
    #expect(
      summary(files, [a, toReader]) == "001 1/1, 002 2/2"
        || summary(files, [a, toReader]) == "001 1/1, 002 1/1")
    #expect(summary(files, [a, toReader], platform: .supabase) == "001 1/1, 002 -")
    #expect(summary(files, [a], platform: .supabase) == "001 1/1, 002 0/1")
  }

  @Test("everybody may execute a new function, so that taking this away is evidence")
  func revokedExecution() {
    let made = function("f", body: "SELECT 1")
    let grant = SchemaObject(identity: .grant("EXECUTE", to: "public", on: made.identity))
    let files = [migration("001", [creates(made)]), migration("002", [drops(grant, when: .ifExists)])]
    #expect(summary(files, []) == "001 0/1, 002 0/1")
    #expect(summary(files, [made, grant]) == "001 1/1, 002 0/1")
    #expect(summary(files, [made]) == "001 1/1, 002 1/1")
    let defaults = SchemaObject(
      identity: ObjectIdentity(
        .defaultPrivilege, parent: "postgres", name: "functions", signature: "EXECUTE to app"))
    #expect(summary(files, [made, defaults]) == "001 1/1, 002 -")
  }

  @Test("a function's settings are evidence for who sets them")
  func functionSettings() {
    let made = function("f", body: "SELECT 1")
    var set = made
    set.detail = .function(FunctionDetail(language: "sql", settings: ["search_path=public, extensions"]))
    let files = [
      migration("001", [creates(made)]),
      migration("002", [alters(made, "SET search_path TO public, \"extensions\"")]),
    ]
    #expect(summary(files, [made]) == "001 1/1, 002 0/1")
    #expect(summary(files, [set]) == "001 1/1, 002 1/1")
  }

  @Test("a table that goes takes its place in publications and its grants along, renamed it keeps them")
  func attachments() {
    let member = SchemaObject(
      identity: ObjectIdentity(.publicationMember, schema: "public", parent: "p", name: "a"))
    let grant = SchemaObject(identity: .grant("SELECT", to: "anon", on: table("a").identity))
    let made = migration("001", [creates(table("a")), creates(member), creates(grant), creates(table("z"))])
    let dropped = [made, migration("002", [drops(table("a"))])]
    #expect(summary(dropped, [table("z")]) == "001 1/1, 002 1/1")
    let renamed = [
      made,
      migration(
        "002", [drops(table("a")), Effect(.creates, table("b").identity, renamedFrom: table("a").identity)]),
    ]
    let newMember = SchemaObject(
      identity: ObjectIdentity(.publicationMember, schema: "public", parent: "p", name: "b"))
    let newGrant = SchemaObject(identity: .grant("SELECT", to: "anon", on: table("b").identity))
    #expect(summary(renamed, [table("z"), table("b"), newMember, newGrant]) == "001 1/1, 002 2/2")
  }
}
