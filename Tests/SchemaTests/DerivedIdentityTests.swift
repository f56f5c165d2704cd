import Schema
import Testing

@Suite("Comments and grants")
struct DerivedIdentityTests {
  @Test("a comment is known by what it is on, two kinds with one name apart")
  func comments() {
    let table = ObjectIdentity.comment(on: .table("public", "a"))
    let index = ObjectIdentity.comment(on: .index("public", "a"))
    #expect(table != index)
    #expect(
      ObjectIdentity.comment(on: .function("public", "f", "uuid"))
        != .comment(on: .function("public", "f", "text")))
    #expect(ObjectIdentity.comment(on: .column("public", "a", "b")).schema == "public")
  }

  @Test("a grant is known by privilege, role and object; GRANT ON TABLE does not tell tables from views")
  func grants() {
    let grant = ObjectIdentity.grant("SELECT", to: "anon", on: .table("public", "a"))
    #expect(grant.signature == "SELECT to anon")
    #expect(grant == .grant("SELECT", to: "anon", on: .table("public", "a").with(kind: .view)))
    #expect(grant != .grant("SELECT", to: "anon", on: .column("public", "a", "b")))
    #expect(grant != .grant("SELECT", to: "anon", on: ObjectIdentity(.schema, name: "a")))
    #expect(
      ObjectIdentity.grant("EXECUTE", to: "public", on: .function("public", "f", "uuid, text[]")).name
        == "f(uuid, text[])")
  }

  @Test(
    "comments and grants say what they are on",
    arguments: [
      (.comment(on: .column("public", "t", "n")), "comment on column public.t.n"),
      (.comment(on: .function("app", "f", "integer, text[]")), "comment on function app.f(integer, text[])"),
      (.comment(on: .policy("public", "t", "Own rows")), "comment on policy \"Own rows\" on public.t"),
      (.comment(on: ObjectIdentity(.eventTrigger, name: "log")), "comment on event trigger log"),
      (
        .grant("UPDATE", to: "anon", on: .column("public", "t", "Id")),
        "grant UPDATE to anon on public.t.\"Id\""
      ),
      (
        .grant("EXECUTE", to: "anon", on: .function("public", "f", "uuid")),
        "grant EXECUTE to anon on public.f(uuid)"
      ),
      (.grant("USAGE", to: "anon", on: ObjectIdentity(.schema, name: "app")), "grant USAGE to anon on app"),
    ] as [(ObjectIdentity, String)])
  func descriptions(object: ObjectIdentity, text: String) {
    #expect(object.description == text)
  }
}
