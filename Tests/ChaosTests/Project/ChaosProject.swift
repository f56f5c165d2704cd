/// A project of migrations of every kind, the same for the same seed.
struct ChaosProject: Sendable {
  var migrations: [ChaosMigration]

  /// Makes so many migrations.
  init(count: Int, seed: UInt64) {
    var writer = ChaosWriter(dice: Dice(seed: seed))
    migrations = [writer.foundation()]
    while migrations.count < count { migrations.append(writer.migration(number: migrations.count + 1)) }
  }

  /// The files, by name.
  var files: [String: String] {
    Dictionary(uniqueKeysWithValues: migrations.map { ("\($0.id).sql", $0.text) })
  }
}

/// Writes one migration after the other, and remembers what it has made.
private struct ChaosWriter {
  var dice: Dice
  private var indexes: [String] = []
  private var tables: [String] = []

  init(dice: Dice) { self.dice = dice }

  private enum Kind: CaseIterable {
    case table, column, data, slow, routine, policy
    case index, unnamedIndex, uniqueIndex, droppedIndex, rebuiltIndex, enumValue, vacuum, ownCommits,
      ownRollback
    case searchPath, role, procedure
  }

  mutating func foundation() -> ChaosMigration {
    made(
      "0001_foundation",
      [
        "CREATE TABLE public.mark (migration text NOT NULL, place integer NOT NULL)",
        "CREATE TABLE public.item (id integer PRIMARY KEY, a integer, b integer, c text)",
        "INSERT INTO public.item SELECT g, g % 97, g % 13, 'item ' || g FROM generate_series(1, 2000) g",
        "CREATE TABLE public.counter (n integer NOT NULL)", "INSERT INTO public.counter VALUES (0)",
        "CREATE TABLE public.ledger (entry text, amount integer)",
        "CREATE TYPE public.mood AS ENUM ('calm')", "CREATE TABLE public.feeling (mood public.mood)",
        "CREATE SCHEMA side",
      ], isSingle: true)
  }

  mutating func migration(number: Int) -> ChaosMigration {
    let kind = dice.pick(Kind.allCases) ?? .table
    let digits = String(number)
    let id = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_\(kind)"
    return made(id, statements(kind, number), isSingle: isSingle(kind))
  }

  /// Puts marks before, between and behind the statements, at random, and at least one at the end.
  private mutating func made(_ id: String, _ statements: [String], isSingle: Bool) -> ChaosMigration {
    var result: [String] = []
    for statement in statements {
      result.append(statement)
      let isOpening = ["BEGIN", "ROLLBACK"].contains(statement)
      if id != "0001_foundation", !isOpening, dice.below(2) == 0, !isRolledBack(statement, statements) {
        result.append(ChaosMigration.mark(id, result.count))
      }
    }
    result.append(ChaosMigration.mark(id, result.count))
    return ChaosMigration(id: id, statements: result, isSingle: isSingle)
  }

  private func isRolledBack(_ statement: String, _ all: [String]) -> Bool {
    guard let end = all.firstIndex(of: "ROLLBACK"), let place = all.firstIndex(of: statement) else {
      return false
    }
    return place < end
  }

  private func isSingle(_ kind: Kind) -> Bool {
    [.table, .column, .data, .slow, .routine, .policy].contains(kind)
  }

  private mutating func statements(_ kind: Kind, _ n: Int) -> [String] {
    switch kind {
    case .table:
      tables.append("t_\(n)")
      return [
        "CREATE TABLE public.t_\(n) (x integer PRIMARY KEY, y text DEFAULT 'none')",
        "INSERT INTO public.t_\(n) SELECT g FROM generate_series(1, 20) g",
      ]
    case .column:
      return [
        "ALTER TABLE public.item ADD COLUMN c_\(n) integer DEFAULT \(n)",
        "UPDATE public.item SET c_\(n) = id WHERE id <= 50",
      ]
    case .data:
      return [
        "UPDATE public.counter SET n = n + 1",
        "INSERT INTO public.ledger SELECT 'entry \(n)', g FROM generate_series(1, 10) g",
      ]
    case .slow: return ["UPDATE public.counter SET n = n + 1", "SELECT pg_sleep(0.05)"]
    case .routine:
      return [
        "CREATE FUNCTION public.f_\(n)(x integer) RETURNS integer LANGUAGE sql AS 'SELECT x + \(n)'",
        "CREATE VIEW public.v_\(n) AS SELECT id, public.f_\(n)(a) AS a FROM public.item",
      ]
    case .policy:
      tables.append("p_\(n)")
      return [
        "CREATE TABLE public.p_\(n) (owner text)", "ALTER TABLE public.p_\(n) ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY own_rows ON public.p_\(n) USING (owner = current_user)",
      ]
    case .index:
      indexes.append("i_\(n)")
      return [
        "CREATE INDEX CONCURRENTLY i_\(n) ON public.item (b, c)", "UPDATE public.counter SET n = n + 1",
      ]
    case .unnamedIndex:
      return ["CREATE INDEX CONCURRENTLY ON public.item ((a + \(n)))", "UPDATE public.counter SET n = n + 1"]
    case .uniqueIndex:
      indexes.append("u_\(n)")
      return [
        "UPDATE public.counter SET n = n + 1",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u_\(n) ON public.item (id, a)",
      ]
    case .droppedIndex:
      guard let place = indexes.indices.randomElement(using: &dice) else { return statements(.index, n) }
      return [
        "DROP INDEX CONCURRENTLY public.\(indexes.remove(at: place))", "UPDATE public.counter SET n = n + 1",
      ]
    case .rebuiltIndex:
      guard let index = dice.pick(indexes) else { return statements(.index, n) }
      return ["REINDEX INDEX CONCURRENTLY public.\(index)", "UPDATE public.counter SET n = n + 1"]
    case .enumValue:
      return [
        "ALTER TYPE public.mood ADD VALUE 'm_\(n)'", "INSERT INTO public.feeling VALUES ('m_\(n)')",
        "UPDATE public.counter SET n = n + 1",
      ]
    case .vacuum:
      return ["UPDATE public.counter SET n = n + 1", "VACUUM public.item", "VACUUM (ANALYZE) public.ledger"]
    case .ownCommits:
      return [
        "BEGIN", "UPDATE public.counter SET n = n + 1", "COMMIT", "BEGIN",
        "CREATE TABLE public.o_\(n) (x integer)", "INSERT INTO public.o_\(n) VALUES (\(n))", "COMMIT",
      ]
    case .ownRollback:
      return [
        "BEGIN", "UPDATE public.counter SET n = n + 1000", "ROLLBACK", "BEGIN",
        "UPDATE public.counter SET n = n + 1", "COMMIT",
      ]
    case .searchPath:
      return [
        "SET search_path = side", "CREATE TABLE s_\(n) (x integer)",
        "CREATE INDEX CONCURRENTLY s_\(n)_x ON s_\(n) (x)",
        "INSERT INTO s_\(n) VALUES (\(n))",
      ]
    case .role:
      return [
        "GRANT ALL ON public.counter, public.mark TO pg_monitor", "SET ROLE pg_monitor",
        "UPDATE public.counter SET n = n + 1", "RESET ROLE", "VACUUM public.counter",
      ]
    case .procedure:
      return [
        "CREATE PROCEDURE public.q_\(n)() LANGUAGE sql AS 'UPDATE public.counter SET n = n + 1'",
        "CALL public.q_\(n)()", "VACUUM public.counter",
      ]
    }
  }
}
