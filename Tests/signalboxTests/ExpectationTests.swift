import Postgres
import TestServer
import Testing

@Suite("Expectations and requirements, as commands check them")
struct ExpectationTests {
  private static let migration = """
    CREATE TYPE mood AS ENUM ('happy');
    CREATE TABLE plan (id serial PRIMARY KEY, mood mood, since timestamptz NOT NULL);
    CREATE INDEX plan_since ON plan (since);
    ALTER TABLE plan ENABLE ROW LEVEL SECURITY;
    ALTER TABLE plan FORCE ROW LEVEL SECURITY;
    CREATE POLICY "Own plans" ON plan FOR SELECT TO PUBLIC USING (true);
    CREATE FUNCTION tier_of(text) RETURNS text LANGUAGE sql AS $$ SELECT 'free' $$;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER touch BEFORE UPDATE ON plan FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE plan DISABLE TRIGGER touch;
    CREATE PUBLICATION changes FOR TABLE plan;
    COMMENT ON TABLE plan IS 'what people pay for';
    CREATE CAST (text AS mood) WITH INOUT;
    """

  private static let met = """
    [[expect]]
    table = "plan"
    columns = { since = { type = "timestamptz", nullable = false }, mood = "mood" }
    rls = true
    force_rls = true
    indexes = ["plan_since"]
    policies = { "Own plans" = { command = "select", roles = ["public"] } }
    triggers = { touch = "disabled" }
    publications = ["changes"]
    denied = { pg_monitor = ["SELECT", "insert"] }
    comment = "table plan"

    [[expect]]
    function = "tier_of(text)"
    grants = { pg_monitor = "EXECUTE" }
    enum_value = "happy of mood"
    publication_member = "plan in changes"
    cast = "text as mood"
    call = "tier_of('x')"
    result = "free"
    count = [
      { kind = "index", implicit = false, expected = 1 }, { kind = "index", table = "plan", expected = 2 },
      { kind = "sequence", implicit = false, expected = 0 }, { kind = "policy", table = "plan", expected = 1 },
    ]

    [[expect]]
    query = "SELECT count(*) FROM plan"
    answer = 0
    absent = ["view plan_view", "trigger touch on other"]
    """

  private static let unmet = """
    [[expect]]
    table = "plan"
    policies = { "Own plans" = "insert" }
    triggers = { touch = "enabled" }
    grants = { pg_monitor = "SELECT" }

    [[expect]]
    function = "tier_of(text)"
    denied = { pg_monitor = "EXECUTE" }
    call = "tier_of(1, 2)"

    [[expect]]
    call = "tier_of('x')"
    result = "paid"

    [[expect]]
    publication_member = "plan in nothing"
    """

  @Test("a database that is as expected verifies without a warning, another says what is not")
  func verify() async throws {
    let project = TemporaryProject([
      "001_plans.sql": Self.migration, "001_plans.expect.toml": Self.met,
    ])
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      let options = ["--project", project.path, "--database", database.address]
      let applied = try await Program.run(["apply", "--yes"] + options)
      #expect(applied.status == 0, "\(applied.output) \(applied.errors)")
      let met = try await Program.run(["verify"] + options)
      #expect(met.status == 0)
      #expect(met.output.contains("✗ Failed:   0"), "\(met.output)")
      #expect(met.output.contains("! Warnings: 0"))
      project.write("001_plans.expect.toml", Array(Self.unmet.utf8))
      let unmet = try await Program.run(["verify", "--json"] + options)
      #expect(unmet.status == 1)
      #expect(unmet.output.contains(#""failed": 7"#), "\(unmet.output)")
      for code in ["policy", "trigger", "privilege", "call", "missing"] {
        #expect(unmet.output.contains(#""code": "expectation.\#(code)""#))
      }
    }
  }

  @Test("graph --check fails where a file uses what only a later one makes")
  func check() async throws {
    let project = TemporaryProject([
      "001_a.sql": "CREATE INDEX i ON users (id);\n", "002_b.sql": "CREATE TABLE users (id int);\n",
    ])
    let wrong = try await Program.run("graph", "--check", "--project", project.path)
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("001_a.sql:1:1"))
    #expect(wrong.output.contains("requirement.later"))
    project.remove("001_a.sql")
    let right = try await Program.run("graph", "--check", "--json", "--project", project.path)
    #expect(right.status == 0)
    #expect(right.output.contains(#""failed": 0"#))
    let helix = try await Program.run("graph", "--check", "--project", HelixDatabase.project)
    #expect(helix.status == 0)
    #expect(helix.output.contains("! Warnings: 0") || helix.output.contains("Nothing found"))
  }
}
