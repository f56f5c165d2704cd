import Schema
import Testing

@testable import Migrations

@Suite("What the project file says about access")
struct AccessTableTests {
  private func claims(_ toml: String) throws -> [AccessExpectation] {
    try readProject(["001_a.sql": "", "signalbox.toml": toml]).expectations.compactMap {
      if case .access(let access) = $0.claim { access } else { nil }
    }
  }

  private func problems(_ toml: String) -> [String] {
    do {
      _ = try readProject(["001_a.sql": "", "signalbox.toml": toml])
      return []
    } catch {
      return error.problems.map {
        "\($0.location?.description ?? "") \($0.code) \($0.message): \($0.advice ?? "")"
      }
    }
  }

  private let table = ObjectIdentity.table("public", "telemetry")

  @Test("one word speaks for all commands, a table of commands for each")
  func words() throws {
    let found = try claims(
      """
      access."public.telemetry" = { authenticated = { select = "own", INSERT = "none" }, service_role = "all" }
      """)
    #expect(
      found == [
        AccessExpectation(table, role: "authenticated", command: "SELECT", reach: .own),
        AccessExpectation(table, role: "authenticated", command: "INSERT", reach: .none),
        AccessExpectation(table, role: "service_role", reach: .all),
      ])
  }

  @Test("it stands at the top, under an expectation, and beside a migration")
  func places() throws {
    let project = try readProject([
      "001_a.sql": "", "001_a.expect.toml": "[access]\n\"telemetry\" = { anon = \"none\" }",
      "signalbox.toml": """
      [access]
      telemetry = { owner = "bypass" }
      [[expect]]
      migration = "001"
      access."public.telemetry" = { authenticated = "some" }
      """,
    ])
    func claim(_ role: String, _ reach: AccessExpectation.Reach) -> Migrations.Expectation.Claim {
      .access(AccessExpectation(table, role: role, reach: reach))
    }
    let found = Dictionary(grouping: project.expectations, by: \.migration).mapValues { $0.map(\.claim) }
    #expect(found[nil] == [claim("owner", .bypass)])
    #expect(
      Set(found["001_a"] ?? []) == [claim("authenticated", .some), claim("anon", .none)])
  }

  @Test("what can be called is a function, with or without its argument types")
  func functions() throws {
    let found = try claims(
      """
      access."public.tier_of(uuid)" = { anon = "none" }
      access."tier_of" = { authenticated = "execute", anon = { execute = "none" } }
      """)
    let exact = ObjectIdentity.function("public", "tier_of", "uuid")
    let any = ObjectIdentity(.function, schema: "public", name: "tier_of")
    #expect(
      found == [
        AccessExpectation(exact, role: "anon", reach: .none),
        AccessExpectation(any, role: "authenticated", reach: .execute),
        AccessExpectation(any, role: "anon", command: "EXECUTE", reach: .none),
      ])
  }

  @Test(
    "mistakes are told with their place and what was probably meant",
    arguments: [
      (
        "access.t = { anon = \"non\" }",
        "signalbox.toml:1:21 invalid-reach nobody reaches `non`: did you mean `none`?"
      ),
      (
        "access.t = { anon = { selct = \"own\" } }",
        "signalbox.toml:1:23 invalid-command there is no command `selct`: did you mean `select`?"
      ),
      (
        "access.public.t = { authenticated = \"own\" }",
        "signalbox.toml:1:21 invalid-command there is no command `authenticated`: write select, insert, update, delete or execute; a name with dots is one key in quotes: access.\"public.telemetry\""
      ),
      (
        "access.t = { anon = { select = \"execute\" } }",
        "signalbox.toml:1:32 contradiction `select` cannot reach `execute`: write all, own, some, none or bypass; execute for functions"
      ),
      (
        "access.t = \"none\"",
        "signalbox.toml:1:12 wrong-type the access to `t` must be a table of roles, but is a string: write { authenticated = \"own\", anon = \"none\" }"
      ),
      (
        "access.\"a.b.c\" = { anon = \"none\" }",
        "signalbox.toml:1:8 invalid-object `a.b.c` is no name of a table, view or function: write \"schema.name\", for a function \"schema.name(argument types)\""
      ),
      (
        "acess.t = { anon = \"none\" }",
        "signalbox.toml:1:1 unknown-key unknown key `acess`: did you mean `access`?"
      ),
    ])
  func mistakes(toml: String, problem: String) {
    #expect(problems(toml) == [problem])
  }
}
