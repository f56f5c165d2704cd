import Migrations
import Schema
import Testing

@testable import Verification

@Suite("Expectations about access")
struct AccessExpectationTests {
  private let notes = ObjectIdentity.table("public", "notes")

  /// A table of which `authenticated` reads own rows, adds any, and changes none.
  private var snapshot: Snapshot {
    let schema = ObjectIdentity(.schema, name: "public")
    let function = ObjectIdentity.function("public", "tier_of", "uuid")
    func policy(_ name: String, _ command: String, _ expression: String) -> SchemaObject {
      SchemaObject(
        identity: .policy("public", "notes", name),
        detail: .policy(
          PolicyDetail(
            command: command, roles: ["authenticated"], using: command == "INSERT" ? nil : expression,
            check: command == "INSERT" ? expression : nil)))
    }
    let roles = ["anon", "authenticated", "service_role", "postgres"].map {
      AccessFacts.Role($0, bypassesRowSecurity: $0 == "service_role")
    }
    var privileges: [ObjectIdentity: [AccessFacts.Privilege]] = [:]
    privileges[schema] = [AccessFacts.Privilege("USAGE", to: AccessFacts.everyone)]
    privileges[function] = [AccessFacts.Privilege("EXECUTE", to: "authenticated")]
    privileges[notes] = ["anon", "authenticated", "service_role"].flatMap { role in
      ["SELECT", "INSERT", "UPDATE", "DELETE"].map { AccessFacts.Privilege($0, to: role) }
    }
    return Snapshot(
      objects: [
        SchemaObject(identity: schema), SchemaObject(identity: notes, owner: "postgres"),
        SchemaObject(identity: .column("public", "notes", "user_id")),
        SchemaObject(identity: .rowSecurity("public", "notes")), SchemaObject(identity: function),
        policy("Own notes", "SELECT", "(auth.uid() = user_id)"), policy("New notes", "INSERT", "true"),
      ], access: AccessFacts(roles: roles, privileges: privileges))
  }

  private func code(
    _ role: String, _ reach: AccessExpectation.Reach, of object: ObjectIdentity? = nil
  ) -> String? { code(role, nil, reach, of: object) }

  private func code(
    _ role: String, _ command: String?, _ reach: AccessExpectation.Reach, of object: ObjectIdentity? = nil
  ) -> String? {
    ExpectationJudge(snapshot: snapshot).judgeAccess(
      AccessExpectation(object ?? notes, role: role, command: command, reach: reach)
    ).code
  }

  @Test("a command reaches just what is expected, or more, or less, or something else")
  func commands() {
    #expect(code("authenticated", "SELECT", .own) == nil)
    #expect(code("authenticated", "SELECT", .all) == "expectation.access-narrower")
    #expect(code("authenticated", "SELECT", .none) == "expectation.access-wider")
    #expect(code("authenticated", "SELECT", .some) == "expectation.access")
    #expect(code("authenticated", "INSERT", .own) == "expectation.access-wider")
    #expect(code("authenticated", "UPDATE", .own) == "expectation.access-narrower")
    #expect(code("authenticated", "UPDATE", .none) == nil)
    #expect(code("service_role", "DELETE", .all) == nil)
    #expect(code("service_role", "DELETE", .bypass) == nil)
    #expect(code("anon", "INSERT", .bypass) == "expectation.access-narrower")
  }

  @Test("one word is met by SELECT, and by other commands that reach no more")
  func oneWord() {
    #expect(code("anon", .none) == nil)
    #expect(code("service_role", .all) == nil)
    // Reading is as it should be, but any row can be added.
    #expect(code("authenticated", .own) == "expectation.access-wider")
    let judgement = ExpectationJudge(snapshot: snapshot).judgeAccess(
      AccessExpectation(notes, role: "authenticated", reach: .own))
    #expect(
      judgement.message.hasPrefix("authenticated INSERT on public.notes reaches all rows, expected is own"))
    #expect(judgement.message.hasSuffix("WITH CHECK true"))
  }

  @Test("functions are called or not, whatever their argument types if none are given")
  func functions() {
    let any = ObjectIdentity(.function, schema: "public", name: "tier_of")
    #expect(code("authenticated", .execute, of: any) == nil)
    #expect(code("anon", .execute, of: any) == "expectation.access-narrower")
    #expect(
      code("authenticated", .none, of: .function("public", "tier_of", "uuid")) == "expectation.access-wider")
    #expect(code("anon", .none, of: any) == nil)
    #expect(code("anon", .none, of: .function("public", "tier_of", "text")) == "expectation.missing")
  }

  @Test("what is not there is missing, a role as well")
  func missing() {
    #expect(code("nobody", .none) == "expectation.missing")
    #expect(code("anon", .none, of: .table("public", "other")) == "expectation.missing")
  }
}
