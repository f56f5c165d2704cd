import Migrations
import Schema
import Testing

@testable import Verification

@Suite("Expectations of every kind")
struct ExpectationKindTests {
  private func index(_ name: String, isValid: Bool = true, constraint: String? = nil) -> SchemaObject {
    SchemaObject(
      identity: .index("public", name),
      detail: .index(
        IndexDetail(
          table: .table("public", "a"), isUnique: false, isPrimary: false, isValid: isValid,
          constraint: constraint)))
  }

  private func trigger(_ name: String, enabled: String) -> SchemaObject {
    SchemaObject(
      identity: .trigger("public", "a", name),
      detail: .trigger(TriggerDetail(function: .function("public", "f", ""), enabled: enabled)))
  }

  private var snapshot: Snapshot {
    Snapshot(objects: [
      table("a"), index("a_pkey", constraint: "a_pkey"), index("good"), index("broken", isValid: false),
      trigger("on", enabled: "O"), trigger("off", enabled: "D"), trigger("replica", enabled: "R"),
      SchemaObject(identity: .forcedRowSecurity("public", "a")),
      SchemaObject(
        identity: .policy("public", "a", "p"),
        detail: .policy(PolicyDetail(command: "SELECT", roles: ["authenticated", "anon"]))),
      SchemaObject(
        identity: .policy("public", "a", "all"), detail: .policy(PolicyDetail(command: "ALL", roles: []))),
      SchemaObject(
        identity: ObjectIdentity(.publicationMember, schema: "public", parent: "some", name: "a")),
      SchemaObject(identity: ObjectIdentity(.publication, name: "some"), definition: "PUBLISH (insert)"),
      SchemaObject(
        identity: ObjectIdentity(.publication, name: "every"), definition: "FOR ALL TABLES PUBLISH (insert)"),
      SchemaObject(identity: ObjectIdentity(.publicationMember, parent: "schemas", name: "public")),
      SchemaObject(identity: .function("public", "f", "public.mood, integer")),
    ])
  }

  private func code(
    _ claim: Migrations.Expectation.Claim, answer: QueryAnswer = .text(nil)
  ) async throws -> String {
    let judgement = try await ExpectationJudge(snapshot: snapshot).judge(claim) { _ in answer }
    return judgement.code ?? "expectation.met"
  }

  @Test("an index that is there must be valid")
  func indexes() async throws {
    #expect(try await code(.exists(.index("public", "good"))) == "expectation.met")
    #expect(try await code(.exists(.index("public", "broken"))) == "expectation.index")
  }

  @Test("row security is forced or not")
  func forced() async throws {
    let table = ObjectIdentity.table("public", "a")
    #expect(try await code(.forcedRowSecurity(table: table, isForced: true)) == "expectation.met")
    #expect(
      try await code(.forcedRowSecurity(table: table, isForced: false)) == "expectation.forced-row-security")
    #expect(
      try await code(.forcedRowSecurity(table: .table("public", "z"), isForced: false))
        == "expectation.missing")
  }

  @Test(
    "a policy is for its command and exactly its roles",
    arguments: [
      ("p", "SELECT", nil, "met"), ("p", "INSERT", nil, "policy"),
      ("p", nil, ["anon", "authenticated"], "met"),
      ("p", nil, ["anon"], "policy"), ("all", "ALL", ["public"], "met"), ("all", "SELECT", nil, "policy"),
      ("none", nil, nil, "missing"),
    ] as [(String, String?, [String]?, String)])
  func policies(name: String, command: String?, roles: [String]?, expected: String) async throws {
    let policy = ObjectIdentity.policy("public", "a", name)
    #expect(try await code(.policy(policy, command: command, roles: roles)) == "expectation.\(expected)")
  }

  @Test(
    "a trigger fires or it does not",
    arguments: [
      ("on", true, "met"), ("on", false, "trigger"), ("off", false, "met"), ("off", true, "trigger"),
      ("replica", true, "trigger"), ("none", true, "missing"),
    ])
  func triggers(name: String, isEnabled: Bool, expected: String) async throws {
    let trigger = ObjectIdentity.trigger("public", "a", name)
    #expect(try await code(.trigger(trigger, isEnabled: isEnabled)) == "expectation.\(expected)")
  }

  @Test(
    "a table is published by itself, with its schema, or with all",
    arguments: [("some", "met"), ("every", "met"), ("schemas", "met"), ("none", "missing")])
  func publications(publication: String, expected: String) async throws {
    let member = ObjectIdentity(.publicationMember, schema: "public", parent: publication, name: "a")
    #expect(try await code(.exists(member)) == "expectation.\(expected)")
    let other = ObjectIdentity(.publicationMember, schema: "public", parent: "some", name: "b")
    #expect(try await code(.exists(other)) == "expectation.missing")
  }

  @Test("argument types may be written with or without their schema")
  func arguments() async throws {
    #expect(try await code(.exists(.function("public", "f", "mood, integer"))) == "expectation.met")
    #expect(try await code(.exists(.function("public", "f", "mood"))) == "expectation.missing")
    #expect(try await code(.exists(.function("public", "f", "other.mood, integer"))) == "expectation.missing")
  }

  @Test("counts are of a schema or of a table, with or without what comes with others")
  func counts() async throws {
    func count(
      _ kind: ObjectKind, table: String? = nil, implicit: Bool = true, _ expected: Int
    ) async throws
      -> String
    {
      try await code(
        .count(
          ObjectCount(
            kind: kind, schema: "public", table: table, includesImplicit: implicit, expected: expected)))
    }
    #expect(try await count(.index, 3) == "expectation.met")
    #expect(try await count(.index, implicit: false, 2) == "expectation.met")
    #expect(try await count(.index, table: "a", 3) == "expectation.met")
    #expect(try await count(.index, table: "b", 0) == "expectation.met")
    #expect(try await count(.policy, table: "a", 2) == "expectation.met")
    #expect(try await count(.policy, table: "a", 3) == "expectation.count")
  }

  @Test("a call succeeds, with its result where one is expected")
  func calls() async throws {
    #expect(try await code(.call("f()", result: nil), answer: .text(nil)) == "expectation.met")
    #expect(try await code(.call("f()", result: "1"), answer: .text("1")) == "expectation.met")
    #expect(try await code(.call("f()", result: "1"), answer: .text("2")) == "expectation.call")
    #expect(try await code(.call("f()", result: "1"), answer: .text(nil)) == "expectation.call")
    #expect(try await code(.call("f()", result: nil), answer: .refused("no")) == "expectation.call")
  }

  @Test("a privilege is held or not, and of a missing object there is none")
  func privileges() async throws {
    func claim(_ isHeld: Bool) -> Migrations.Expectation.Claim {
      .privilege("SELECT", role: "anon", on: .table("public", "a"), isHeld: isHeld)
    }
    #expect(try await code(claim(true), answer: .text("t")) == "expectation.met")
    #expect(try await code(claim(false), answer: .text("f")) == "expectation.met")
    #expect(try await code(claim(true), answer: .text("f")) == "expectation.privilege")
    #expect(try await code(claim(false), answer: .text("t")) == "expectation.privilege")
    #expect(try await code(claim(false), answer: .text(nil)) == "expectation.missing")
    #expect(try await code(claim(false), answer: .refused("no such role")) == "expectation.privilege")
  }

  @Test("the question for a privilege quotes what it names")
  func question() {
    let table = ObjectIdentity.table("app", #"it's "odd""#)
    #expect(
      PrivilegeQuestion("SELECT", role: "o'neil", on: table)?.sql
        == #"SELECT has_table_privilege('o''neil', to_regclass('"app"."it''s ""odd"""')::oid, 'SELECT')"#)
    #expect(PrivilegeQuestion("SELECT", role: "a", on: ObjectIdentity(.extension, name: "x")) == nil)
  }
}
