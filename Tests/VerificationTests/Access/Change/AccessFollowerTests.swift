import Catalog
import Migrations
import Postgres
import Schema
import Script
import TestServer
import Testing

@testable import Verification

@Suite("Access that is foretold from what each migration touches")
struct AccessFollowerTests {
  /// A sample's migrations in an order of their own.
  struct Order: Sendable, CustomTestStringConvertible {
    var sample: String
    var seed: UInt64?
    var testDescription: String { seed.map { "\(sample), shuffled by \($0)" } ?? sample }

    static let all = ["helix", "hybrid", "identra", "lift-sys", "tenant-backend"].flatMap { sample in
      [nil, 1, 2].map { Order(sample: sample, seed: $0) }
    }
  }

  @Test("it is what comparing everything after each migration shows", arguments: Order.all, [true, false])
  func wholeComparison(_ order: Order, onPlatform isPlatform: Bool) async throws {
    let project = try ProjectReader().read("\(Self.samples)/\(order.sample)")
    var scripts = project.migrations.map { ($0.id, $0.file, $0.script.statements) }
    // Migrations in a wrong order meet objects that are not there, and names that are taken.
    if let seed = order.seed {
      var source = SeededSource(state: seed)
      scripts.shuffle(using: &source)
    }
    let snapshot = try await TestServer.withDatabase(platform: isPlatform) { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Self.base)
      var scope = isPlatform ? SnapshotScope.supabase : SnapshotScope()
      scope.includesDependencies = true
      let snapshot = try await CatalogReader(connection).snapshot(scope)
      await connection.close()
      return snapshot
    }
    var oracle = WholeAccessForecast(snapshot, role: "postgres")
    var prediction = AccessPrediction(snapshot, role: "postgres")
    var follower = AccessFollower(snapshot)
    for (id, file, statements) in scripts + Self.more {
      for statement in statements where statement.form != .psqlCommand {
        prediction.follow(statement, in: file)
      }
      let delta = prediction.takeDelta()
      let change = follower.follow(
        delta, uncertain: prediction.uncertain, readOnly: prediction.newViews,
        inside: prediction.catalog.objects(in:))
      let expected = oracle.change(after: prediction)
      #expect(change == expected, "\(id)")
    }
  }

  /// What is there before the samples, some of it in the way of theirs.
  private static let base = """
    CREATE SCHEMA inside;
    CREATE TABLE inside.things (id int, user_id uuid, kind text);
    CREATE TABLE public.limits (id int PRIMARY KEY, tier text);
    CREATE VIEW public.all_limits AS SELECT * FROM public.limits;
    CREATE VIEW public.more_limits AS SELECT * FROM public.all_limits;
    CREATE FUNCTION public.tier() RETURNS text LANGUAGE sql AS 'SELECT tier FROM public.limits';
    ALTER TABLE inside.things ENABLE ROW LEVEL SECURITY;
    CREATE POLICY by_tier ON inside.things USING (kind = public.tier());
    CREATE POLICY by_limit ON inside.things USING (kind IN (SELECT tier FROM public.all_limits));
    """

  /// Changes that one object makes in the access to others.
  private static let more = [
    "GRANT USAGE ON SCHEMA inside TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA inside TO PUBLIC",
    "ALTER TABLE limits ENABLE ROW LEVEL SECURITY; CREATE POLICY one ON limits USING (true)",
    "REVOKE ALL ON limits FROM PUBLIC; REVOKE EXECUTE ON FUNCTION tier() FROM PUBLIC",
    "ALTER VIEW all_limits SET (security_invoker = true)",
    "ALTER TABLE limits RENAME TO quotas; GRANT SELECT (tier) ON quotas TO PUBLIC",
    "ALTER TABLE quotas SET SCHEMA inside; ALTER SCHEMA inside RENAME TO within",
    "CREATE ROLE follower_reader; GRANT SELECT ON within.things TO follower_reader; GRANT USAGE ON SCHEMA within TO follower_reader",
    "CREATE ROLE follower_member; GRANT follower_reader TO follower_member; GRANT SELECT ON within.quotas TO follower_member",
    "REVOKE SELECT ON within.quotas FROM follower_member; REVOKE ALL ON within.quotas FROM PUBLIC",
    "CREATE OR REPLACE FUNCTION public.tier() RETURNS text LANGUAGE sql AS 'SELECT auth.uid()::text'",
    "ALTER TABLE within.things OWNER TO follower_reader",
    "DO $$ BEGIN IF random() > 0.5 THEN DROP POLICY by_tier ON within.things; END IF; END $$",
    "DROP POLICY by_limit ON within.things; DROP VIEW more_limits, all_limits",
    "DROP FUNCTION public.tier() CASCADE; DROP SCHEMA within CASCADE",
  ].enumerated().map { number, sql in
    (MigrationID("more_\(number)"), "more_\(number).sql", ScriptParser.parse(sql).statements)
  }

  private static let samples: String = {
    let folders = #filePath.split(separator: "/").dropLast(5)
    return "/" + folders.joined(separator: "/") + "/migrations"
  }()

  private struct SeededSource: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}

/// The same found out the long way: a whole snapshot after each step, and every cell of two matrices compared.
private struct WholeAccessForecast {
  private let base: Snapshot
  private var before: AccessMatrix

  init(_ snapshot: Snapshot, role: String) {
    base = snapshot
    before = AccessMatrix(snapshot)
  }

  mutating func change(after prediction: AccessPrediction) -> AccessChange {
    var snapshot = base
    snapshot.objects = [:]
    for object in prediction.catalog.objects {
      snapshot.objects[object] =
        prediction.known.objects[object]
        ?? SchemaObject(identity: object, owner: prediction.catalog.held[object]?.owner)
    }
    snapshot.access = prediction.known.access
    let after = AccessMatrix(snapshot)
    let comparison = AccessComparison(
      from: before, to: after, uncertain: prediction.uncertain, readOnly: prediction.newViews)
    let objects = after.relations + after.otherObjects.filter(AccessComparison.isCallable)
    let change = comparison.change(of: objects, for: (before.roles, after.roles))
    before = after
    return change
  }
}
