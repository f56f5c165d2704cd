import Schema
import Testing

@testable import Script

@Suite("Texts under the names that objects have now")
struct FormerNamesTests {
  private static let names = FormerNames(
    objects: [
      .table("public", "note"), .table("public", "team"), .table("app", "tag"),
      .column("public", "note", "kind"), .column("public", "note", "name"),
      .column("public", "team", "name"), .column("public", "team", "id"),
      .column("app", "tag", "tag"), ObjectIdentity(.sequence, schema: "public", name: "counter"),
      ObjectIdentity(.type, schema: "public", name: "mood"), .function("public", "me", "integer"),
      .function("public", "me", "text"), .function("public", "may", ""),
    ],
    present: [
      .table("public", "team"): .table("public", "crew"), .table("app", "tag"): .table("public", "label"),
      ObjectIdentity(.sequence, schema: "public", name: "counter"):
        ObjectIdentity(.sequence, schema: "app", name: "Counter"),
      ObjectIdentity(.type, schema: "public", name: "mood"):
        ObjectIdentity(.type, schema: "public", name: "temper"),
      .function("public", "may", ""): .function("public", "might", ""),
      .function("public", "me", "integer"): .function("public", "myself", "integer"),
    ],
    columns: [
      .table("public", "team"): ["name": "title"], .table("app", "tag"): ["tag": "text"],
    ])

  @Test(
    "of expressions over a table",
    arguments: [
      ("name = 'name'", "name = 'name'"),
      ("kind IN (SELECT name FROM team)", #"kind IN (SELECT title AS name FROM crew)"#),
      (
        "EXISTS (SELECT 1 FROM team WHERE team.name = note.name)",
        #"EXISTS (SELECT 1 FROM crew WHERE crew.title = note.name)"#
      ),
      (
        "EXISTS (SELECT name.* FROM public.team name WHERE name.name /* x */ = kind)",
        #"EXISTS (SELECT name.* FROM public.crew name WHERE name.title /* x */ = kind)"#
      ),
      (
        "EXISTS (SELECT tag.tag FROM app.tag WHERE app.tag.tag = 'tag')",
        "EXISTS (SELECT label.text AS tag FROM public.label WHERE public.label.text = 'tag')"
      ),
      (
        "EXISTS (WITH team AS (SELECT name FROM note) SELECT name FROM team)",
        "EXISTS (WITH team AS (SELECT name FROM note) SELECT name FROM team)"
      ),
      ("may() AND 'a'::mood = 'b'", #"might() AND 'a'::temper = 'b'"#),
      ("nextval('counter') > 3", #"nextval('app."Counter"') > 3"#),
    ])
  func expressions(_ text: String, _ expected: String) {
    let replaced = Self.names.replaced(
      in: text, .expression(over: .table("public", "note")), searchPath: nil)
    #expect(replaced?.text == expected)
    #expect(replaced?.isCertain == true)
  }

  @Test("of queries")
  func queries() {
    let query =
      "SELECT n.name, sum(t.id) AS tag FROM note n, team t GROUP BY n.name, t.name ORDER BY tag, n.name"
    let replaced = Self.names.replaced(in: query, .query, searchPath: nil)
    #expect(
      replaced?.text
        == "SELECT n.name, sum(t.id) AS tag FROM note n, crew t GROUP BY n.name, t.title ORDER BY tag, n.name"
    )
    #expect(replaced?.isCertain == true)
  }

  @Test("of names that mean an output column, or a column that goes before it")
  func outputs() {
    let query =
      "SELECT t.id AS name, count(*) AS tag FROM team t GROUP BY name, t.id ORDER BY name, lower(name)"
    let replaced = Self.names.replaced(in: query, .query, searchPath: nil)
    #expect(
      replaced?.text
        == "SELECT t.id AS name, count(*) AS tag FROM crew t GROUP BY title, t.id ORDER BY name, lower(title)"
    )
    #expect(replaced?.isCertain == true)
  }

  @Test(
    "are in doubt where it is not certain what a name means",
    arguments: [
      "me(NULL) > 0", "EXISTS (SELECT 1 FROM team JOIN note USING (name))",
      "EXISTS (SELECT 1 FROM team NATURAL JOIN note)",
      "(team).name = 'a' OR EXISTS (TABLE team)",
      "name =", "EXISTS (SELECT (name) FROM team)",
    ])
  func doubts(_ text: String) {
    let replaced = Self.names.replaced(
      in: text, .expression(over: .table("public", "note")), searchPath: nil)
    #expect(replaced?.isCertain != true)
  }

  @Test("of types, with their modifiers")
  func types() {
    #expect(Self.names.replacedType("mood[]", searchPath: nil) == "temper[]")
    #expect(Self.names.replacedType("public.mood", searchPath: []) == "public.temper")
    #expect(Self.names.replacedType("numeric(10,2)", searchPath: nil) == "numeric(10,2)")
  }
}
