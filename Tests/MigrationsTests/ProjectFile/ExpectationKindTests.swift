import Schema
import Testing

@testable import Migrations

@Suite("What can be expected")
struct ExpectationKindTests {
  private typealias Claim = Migrations.Expectation.Claim

  private func claims(_ toml: String) throws -> [Claim] {
    try readProject(["001_a.sql": "", "signalbox.toml": "[[expect]]\n" + toml]).expectations.map(\.claim)
  }

  private func problems(_ toml: String, beside: String? = nil) -> [ProjectProblem] {
    var files = ["001_a.sql": "", "signalbox.toml": toml]
    files["001_a.expect.toml"] = beside
    do {
      _ = try readProject(files)
      return []
    } catch {
      return error.problems
    }
  }

  @Test(
    "every kind has its way to be named",
    arguments: [
      ("enum_value = 'happy of app.mood'", ObjectIdentity.enumValue("app", "mood", "happy")),
      (
        "publication_member = 'messages in supabase_realtime'",
        ObjectIdentity(
          .publicationMember, schema: "public", parent: "supabase_realtime", name: "messages")
      ),
      (
        "operator = 'app.===(text, int)'",
        ObjectIdentity(.operator, schema: "app", name: "===", signature: "text, integer")
      ),
      (
        "operator_class = 'my_ops using btree'",
        ObjectIdentity(.operatorClass, schema: "public", name: "my_ops", signature: "btree")
      ),
      ("cast = 'text as int4'", ObjectIdentity(.cast, name: "text AS integer")),
      ("comment = 'table app.t'", ObjectIdentity.comment(on: .table("app", "t"))),
      ("event_trigger = 'audit'", ObjectIdentity(.eventTrigger, name: "audit")),
      ("foreign_server = 'remote'", ObjectIdentity(.foreignServer, name: "remote")),
      ("user_mapping = 'app on remote'", ObjectIdentity(.userMapping, parent: "remote", name: "app")),
      ("transform = 'hstore for plperl'", ObjectIdentity(.transform, name: "hstore FOR plperl")),
      ("subscription = 'feed'", ObjectIdentity(.subscription, name: "feed")),
      ("tablespace = 'fast'", ObjectIdentity(.tablespace, name: "fast")),
      ("text_search_parser = 'app.p'", ObjectIdentity(.textSearchParser, schema: "app", name: "p")),
      (
        "setting = 'statement_timeout of role anon in database app'",
        ObjectIdentity(.setting, name: "statement_timeout", signature: "role anon in database app")
      ),
      (
        "default_privilege = 'select on tables to anon in app by owner'",
        ObjectIdentity(
          .defaultPrivilege, schema: "app", parent: "owner", name: "tables", signature: "SELECT to anon")
      ),
      (
        "default_privilege = 'USAGE on types to public'",
        ObjectIdentity(.defaultPrivilege, name: "types", signature: "USAGE to public")
      ),
      ("statistics = 'app.s'", ObjectIdentity(.statistics, schema: "app", name: "s")),
      ("function = 'f(int, timestamptz)'", .function("public", "f", "integer, timestamp with time zone")),
    ])
  func kinds(toml: String, object: ObjectIdentity) throws {
    #expect(try claims(toml) == [.exists(object)])
    #expect(try claims(toml + "\nabsent = true") == [.absent(object)])
  }

  @Test("every kind can be expected, on its own or of its table or object")
  func everyKind() {
    let ofOthers: Set<ObjectKind> = [.rowSecurity, .forcedRowSecurity, .grant]
    let named = Set(ObjectName.kinds.map(\.kind))
    #expect(named.union(ofOthers) == Set(ObjectKind.allCases))
  }

  @Test("a setting may have its value beside it, nothing else may")
  func settings() throws {
    let setting = ObjectIdentity(.setting, name: "search_path", signature: "role anon")
    #expect(
      try claims("setting = 'search_path of role anon'\nvalue = 'public'") == [
        .setting(setting, value: "public")
      ])
    #expect(problems("[[expect]]\ntable = 't'\nvalue = 'x'").map(\.code) == ["missing-key"])
    #expect(problems("[[expect]]\nsetting = 'search_path'").map(\.code) == ["invalid-object"])
  }

  @Test("policies are for a command and roles, triggers are enabled or not")
  func policiesAndTriggers() throws {
    #expect(
      try claims(
        """
        table = "t"
        force_rls = true
        policies = { "Own rows" = "select", "Own writes" = { command = "insert", roles = ["authenticated"] } }
        triggers = { touch = "enabled", audit = "disabled" }
        publications = ["supabase_realtime"]
        """
      ).dropFirst() == [
        .forcedRowSecurity(table: .table("public", "t"), isForced: true),
        .policy(.policy("public", "t", "Own rows"), command: "SELECT", roles: nil),
        .policy(.policy("public", "t", "Own writes"), command: "INSERT", roles: ["authenticated"]),
        .trigger(.trigger("public", "t", "touch"), isEnabled: true),
        .trigger(.trigger("public", "t", "audit"), isEnabled: false),
        .exists(
          ObjectIdentity(.publicationMember, schema: "public", parent: "supabase_realtime", name: "t")),
      ])
    #expect(
      try claims("policy = 'p on t'\ncommand = 'all'\nroles = 'anon'")
        == [.policy(.policy("public", "t", "p"), command: "ALL", roles: ["anon"])])
    #expect(
      try claims("trigger = 'x on t'\nenabled = true")
        == [.trigger(.trigger("public", "t", "x"), isEnabled: true)])
  }

  @Test("privileges are granted or denied by role")
  func privileges() throws {
    let table = ObjectIdentity.table("public", "t")
    #expect(
      try claims("table = 't'\ngrants = { a = 'select, insert' }\ndenied = { b = ['UPDATE'] }").dropFirst()
        == [
          .privilege("SELECT", role: "a", on: table, isHeld: true),
          .privilege("INSERT", role: "a", on: table, isHeld: true),
          .privilege("UPDATE", role: "b", on: table, isHeld: false),
        ])
  }

  @Test("counts may leave out what comes with others, and be of one table")
  func counts() throws {
    #expect(
      try claims("count = { kind = 'index', schema = 'app', implicit = false, expected = 6 }") == [
        .count(ObjectCount(kind: .index, schema: "app", includesImplicit: false, expected: 6))
      ])
    #expect(
      try claims("count = { kind = 'policy', table = 'app.t', expected = 4 }") == [
        .count(ObjectCount(kind: .policy, schema: "app", table: "t", expected: 4))
      ])
  }

  @Test("calls have a result, and answers may be numbers and truth values")
  func questions() throws {
    #expect(try claims("call = 'f(1)'") == [.call("f(1)", result: nil)])
    #expect(try claims("call = 'f(1)'\nresult = 2") == [.call("f(1)", result: "2")])
    #expect(try claims("query = 'SELECT true'\nanswer = true") == [.query("SELECT true", answer: "t")])
  }

  @Test("a file beside the migration holds its expectations")
  func beside() throws {
    let project = try readProject([
      "001_a.sql": "", "001_a.expect.toml": "[[expect]]\ntable = 't'\nrls = true\n",
    ])
    #expect(
      project.expectations.map(\.claim) == [
        .exists(.table("public", "t")), .rowSecurity(table: .table("public", "t"), isEnabled: true),
      ])
    #expect(project.expectations.map(\.migration) == ["001_a", "001_a"])
    #expect(project.expectations.first?.location.description == "001_a.expect.toml:2:9")
    let pair = try readProject([
      "001_a.up.sql": "", "001_a.down.sql": "", "001_a.expect.toml": "[[expect]]\nview = 'v'\n",
    ])
    #expect(pair.migrations.count == 1)
    #expect(pair.expectations.count == 1)
  }

  @Test(
    "mistakes have their place",
    arguments: [
      ("table = 't'\npolicies = { p = 'look' }", "invalid-command", "3:18"),
      ("table = 't'\ntriggers = { p = 'on' }", "wrong-type", "3:18"),
      ("table = 't'\nenabled = true", "missing-key", "3:1"),
      ("grants = { a = 'select' }", "missing-key", "2:1"),
      ("extension = 'x'\ngrants = { a = 'select' }", "missing-key", "3:1"),
      ("table = 't'\nabsent = true\ngrants = { a = 'select' }", "contradiction", "4:1"),
      ("table = 't'\ngrants = { a = 'SELEKT' }", "unknown-privilege", "3:16"),
      ("column = 't.c'\ndenied = { a = ['select', 'delete'] }", "unknown-privilege", "3:27"),
      ("result = 1", "missing-key", "1:3"), ("cast = 'text'", "invalid-object", "2:8"),
    ])
  func mistakes(toml: String, code: String, place: String) {
    let problem = problems("[[expect]]\n" + toml).first
    #expect(problem?.code == code)
    #expect(problem?.location?.description == "signalbox.toml:\(place)")
  }

  @Test("mistakes beside a migration name that file, and another migration cannot be meant")
  func mistakesBeside() {
    let problem = problems("", beside: "[[expect]]\nmigration = '002'\ntable = 't'").first
    #expect(problem?.code == "unknown-key")
    #expect(problem?.location?.description == "001_a.expect.toml:2:1")
    #expect(problems("", beside: "[[expect").first?.code == "invalid-toml")
  }

  @Test("a file of expectations beside no migration is warned of")
  func orphan() throws {
    let project = try readProject([
      "001_a.sql": "", "001_a.expect.toml": "", "001_b.expect.toml": "[[expect]]\ntable = 't'\n",
    ])
    let warning = try #require(project.warnings.first { $0.code == "orphaned-expectations" })
    #expect(warning.location?.file == "001_b.expect.toml")
    #expect(warning.message.contains("no migration is called `001_b`"))
    #expect(project.warnings.count { $0.code == "orphaned-expectations" } == 1)
  }
}
