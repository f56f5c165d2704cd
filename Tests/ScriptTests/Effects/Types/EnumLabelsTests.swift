import Schema
import Script
import Testing

@Suite("Labels of enumerated types that statements read")
struct EnumLabelsTests {
  private static let schema = """
    CREATE TYPE state AS ENUM ('open', 'closed', 'lost');
    CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad');
    CREATE TABLE orders (id int, s state, t text, m app.mood, all_s state[]);
    CREATE TABLE parts (id int, s text);
    CREATE FUNCTION set_state(id int, s state) RETURNS void LANGUAGE sql AS 'SELECT 1';
    """

  /// The labels that a statement reads at once, in order; those that a function reads later behind them.
  private func labels(_ sql: String) -> String {
    let statement = ScriptParser.parse(Self.schema + sql).statements.last
    let uses = statement?.effects.filter { $0.action == .uses && $0.object.kind == .enumValue } ?? []
    return uses.map { $0.isLateBound ? "later \($0.object.name)" : $0.object.name }.joined(separator: " ")
  }

  @Test(
    "are those that stand beside something of the type",
    arguments: [
      ("SELECT 1 FROM orders WHERE s = 'open'", "open"),
      ("SELECT 1 FROM orders WHERE 'open' <> s", "open"),
      ("SELECT 1 FROM orders o JOIN parts p ON o.s = 'open' AND p.s = 'lost'", "open"),
      ("SELECT 1 FROM orders WHERE s IN ('open', 'lost')", "open lost"),
      ("SELECT 1 FROM orders WHERE s BETWEEN 'open' AND 'lost'", "open lost"),
      ("SELECT 1 FROM orders WHERE s IS DISTINCT FROM 'open'", "open"),
      ("SELECT 1 FROM orders WHERE s = ANY ('{open, \"lost\", NULL}')", "open lost"),
      ("SELECT 1 FROM orders WHERE s = ANY (ARRAY['open', 'lost']::state[])", "open lost"),
      ("SELECT 1 FROM orders WHERE 'open' = ANY (all_s) OR all_s @> '{lost}'", "open lost"),
      ("SELECT 1 FROM orders WHERE (id, s) = (1, 'open')", "open"),
      ("SELECT 1 FROM orders WHERE (s, id) IN (('open', 1), ('lost', 2))", "open lost"),
      (
        "SELECT coalesce(s, 'open'), nullif(s, 'lost'), greatest('closed', s) FROM orders", "open lost closed"
      ),
      ("SELECT CASE s WHEN 'open' THEN 'lost' ELSE 'x' END FROM orders", "open"),
      ("SELECT CASE WHEN id = 1 THEN 'lost' ELSE s END FROM orders", "lost"),
      ("SELECT 'open'::state, 'sad'::app.mood, CAST('x' AS text)", "open sad"),
      ("SELECT set_state(1, 'open')", "open"),
      ("SELECT 1 FROM parts WHERE s = 'open'", ""),
      ("SELECT 1 FROM orders WHERE s::text = 'open' OR t = 'open'", ""),
      ("INSERT INTO orders (t, s) VALUES ('lost', 'open'), ('x', 'closed')", "open closed"),
      ("INSERT INTO orders VALUES (1, 'open', 'lost', 'sad', '{closed}')", "open sad closed"),
      ("INSERT INTO orders (s) SELECT 'open' FROM parts ON CONFLICT DO NOTHING", "open"),
      (
        "INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET s = 'open' WHERE orders.s <> 'lost'",
        "open lost"
      ),
      ("UPDATE orders SET s = 'open', t = 'lost' WHERE s = 'closed'", "open closed"),
      ("UPDATE orders SET (id, s) = (1, 'open')", "open"),
      ("DELETE FROM orders WHERE s = 'open'", "open"),
      (
        "MERGE INTO orders o USING parts p ON o.id = p.id WHEN MATCHED THEN UPDATE SET s = 'open' WHEN NOT MATCHED THEN INSERT (s) VALUES ('lost')",
        "open lost"
      ),
      ("CREATE POLICY p ON orders USING (s = 'open')", "open"),
      ("CREATE VIEW v AS SELECT id FROM orders WHERE s = 'open'", "open"),
      ("CREATE INDEX i ON orders (id) WHERE s = 'open'", "open"),
      ("ALTER TABLE orders ADD CHECK (s <> 'open')", "open"),
      ("ALTER TABLE orders ALTER s SET DEFAULT 'open'", "open"),
      ("ALTER TABLE orders ADD COLUMN u state DEFAULT 'open'", "open"),
      (
        "CREATE TABLE x (s state DEFAULT 'open' CHECK (s <> 'lost'), a state[] DEFAULT '{closed}')",
        "open closed"
      ),
      ("CREATE FUNCTION f(s state DEFAULT 'open') RETURNS void LANGUAGE sql AS 'SELECT 1'", "open"),
      (
        "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders WHERE s = ''open'''",
        "open"
      ),
      (
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM orders WHERE s = ''open''; END'",
        "later open"
      ),
      ("DO 'BEGIN DELETE FROM orders WHERE s = ''open''; END'", "open"),
      (
        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER t AFTER UPDATE ON orders FOR EACH ROW WHEN (new.s = 'open') EXECUTE FUNCTION g()",
        "open"
      ),
      ("ALTER TYPE state ADD VALUE 'found' AFTER 'lost'", "lost"),
    ])
  func read(sql: String, expected: String) {
    #expect(labels(sql) == expected)
  }

  @Test("belong to the type that the column has by then, whatever it was called before")
  func swapped() {
    let swap = """
      ALTER TYPE state RENAME TO old; CREATE TYPE state AS ENUM ('new');
      """
    let before = ScriptParser.parse(Self.schema + swap + "UPDATE orders SET s = 'open'").statements.last
    #expect(before?.effects.contains { $0.object == .enumValue("public", "old", "open") } == true)
    let change = "ALTER TABLE orders ALTER s TYPE state USING 'new'::state; UPDATE orders SET s = 'new'"
    let after = ScriptParser.parse(Self.schema + swap + change).statements.last
    #expect(after?.effects.contains { $0.object == .enumValue("public", "state", "new") } == true)
  }
}
