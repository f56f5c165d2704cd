import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing
import Verification

@Suite("Statements in rules and bodies")
struct ActionTests {
  /// Statements with conflicts, returned rows and other tables, spelt otherwise than the server does.
  private static let file = """
    CREATE TABLE stock (id int PRIMARY KEY, code varchar(9) UNIQUE, amount int DEFAULT 0, at date);
    CREATE TABLE supply (id int, more int, note text);
    CREATE VIEW wanted AS SELECT id, code, amount FROM stock WHERE amount < 5;
    CREATE RULE adding AS ON INSERT TO wanted DO INSTEAD
      INSERT INTO stock AS s (id, code, amount) VALUES (new.id, new.code, coalesce(new.amount, 1))
      ON CONFLICT (id) DO UPDATE SET amount = s.amount + excluded.amount, code = 'x' WHERE s.amount < 100
      RETURNING id, code, amount;
    CREATE RULE ignoring AS ON UPDATE TO wanted DO INSTEAD
      INSERT INTO stock VALUES (old.id, 'y') ON CONFLICT ON CONSTRAINT stock_code_key DO NOTHING;
    CREATE FUNCTION refill(low int) RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC
      UPDATE stock SET amount = amount + p.more FROM supply AS p WHERE p.id = stock.id AND p.more > low
        RETURNING stock.amount;
    END;
    CREATE FUNCTION forget(word text) RETURNS void LANGUAGE sql BEGIN ATOMIC
      DELETE FROM stock s USING supply p JOIN supply q ON q.id = p.id WHERE p.id = s.id AND p.note = word;
    END;
    CREATE TABLE log (id bigint, code varchar(9), at date, amount numeric);
    CREATE RULE noting AS ON DELETE TO wanted DO INSTEAD
      WITH few AS (SELECT id, more FROM supply WHERE more < 3)
      UPDATE stock SET amount = f.more FROM few f WHERE f.id = old.id AND f.id = stock.id;
    CREATE FUNCTION note(word text) RETURNS void LANGUAGE sql BEGIN ATOMIC
      WITH few AS (SELECT id, more FROM supply WHERE note = word)
      INSERT INTO log (id, code, at, amount) SELECT f.id, 'x', '2024-01-01', f.more FROM few f;
      UPDATE stock SET code = p.note, amount = 1 FROM supply p WHERE p.id = stock.id;
    END;
    """

  private func lines(after change: String) async throws -> [String] {
    var lines: [String] = []
    try await DriftTrial.with([("001_stock", Self.file)]) { lines = try await $0.lines(after: change) }
    return lines
  }

  @Test("they are the same, however they are written")
  func same() async throws {
    #expect(try await lines(after: "SELECT 1") == [])
  }

  @Test("what happens on a conflict is compared")
  func conflict() async throws {
    let rule = """
      CREATE OR REPLACE RULE adding AS ON INSERT TO wanted DO INSTEAD
      INSERT INTO stock AS s (id, code, amount) VALUES (new.id, new.code, coalesce(new.amount, 1))
      ON CONFLICT (id) DO
      """
    let other = try await lines(
      after:
        "\(rule) UPDATE SET amount = excluded.amount, code = 'x' WHERE s.amount < 100 RETURNING id, code, amount"
    )
    #expect(other == ["changed rule adding on public.wanted: value of amount in conflict of action 1"])
    let condition = try await lines(
      after:
        "\(rule) UPDATE SET amount = s.amount + excluded.amount, code = 'x' WHERE s.amount < 9 RETURNING id, code, amount"
    )
    #expect(condition == ["changed rule adding on public.wanted: condition of conflict of action 1"])
  }

  @Test("queries before a statement, and the values that it writes from other tables, are compared")
  func queryBefore() async throws {
    func rule(_ query: String) -> String {
      """
      CREATE OR REPLACE RULE noting AS ON DELETE TO wanted DO INSTEAD WITH few AS (\(query))
      UPDATE stock SET amount = f.more FROM few f WHERE f.id = old.id AND f.id = stock.id
      """
    }
    let same = try await lines(after: rule("SELECT supply.id, supply.more FROM supply WHERE supply.more < 3"))
    #expect(same == [])
    let others = try await lines(after: rule("SELECT id, more FROM supply WHERE more < 4"))
    #expect(others.contains("changed rule noting on public.wanted: condition of action 1"))
    let value = try await lines(
      after: """
        CREATE OR REPLACE FUNCTION note(word text) RETURNS void LANGUAGE sql BEGIN ATOMIC
          WITH few AS (SELECT id, more FROM supply WHERE note = word)
          INSERT INTO log (id, code, at, amount) SELECT f.id, 'x', '2024-01-01', f.more FROM few f;
          UPDATE stock SET code = p.note, amount = 2 FROM supply p WHERE p.id = stock.id;
        END
        """)
    #expect(value == ["changed function public.note(text): value of amount in statement 2 of the body"])
  }

  @Test("conditions over several tables and returned rows are compared")
  func severalTables() async throws {
    let condition = try await lines(
      after: """
        CREATE OR REPLACE FUNCTION refill(low int) RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC
        UPDATE stock SET amount = amount + p.more FROM supply AS p WHERE p.id = stock.id AND p.more >= low
          RETURNING stock.amount;
        END
        """)
    #expect(condition == ["changed function public.refill(integer): condition of statement 1 of the body"])
    let returned = try await lines(
      after: """
        CREATE OR REPLACE FUNCTION refill(low int) RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC
        UPDATE stock SET amount = amount + p.more FROM supply AS p WHERE p.id = stock.id AND p.more > low
          RETURNING p.more;
        END
        """)
    #expect(returned == ["changed function public.refill(integer): rows returned by statement 1 of the body"])
  }
}
