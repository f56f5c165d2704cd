import Postgres
import Schema

/// The text that has the server plan pairs of queries and compare the plans, whatever their number in one round trip.
///
/// A block of PL/pgSQL runs the `EXPLAIN`s, each in a subtransaction of its own, so that one that fails keeps none of
/// the others from being answered. Nothing is written: it runs in read-only sessions and on standby servers. Planning
/// takes the weakest of locks on the tables that a query reads, and calls immutable functions of constants.
struct ComparisonScript: Sendable {
  /// The text to send.
  let text: String
  /// The place of the answers among all results.
  let result: Int
  /// What to send after an error, if anything.
  let recovery: String?

  init(_ pairs: [QueryPair], isInTransaction: Bool, lockTimeoutMilliseconds: Int) {
    let frame = LookFrame(
      isInTransaction: isInTransaction, savepoint: "signalbox_comparison",
      lockTimeoutMilliseconds: lockTimeoutMilliseconds)
    let maySet = "SELECT set_config('signalbox.may_set', '\(!isInTransaction)', true)"
    let prologue = frame.before + [Self.settings, maySet, Self.questions(pairs), Self.block]
    text = (prologue + [Self.answers] + frame.after).joined(separator: ";\n")
    result = prologue.count
    recovery = frame.recovery
  }

  /// Plans must not hang on how the session writes values.
  private static let settings = """
    SELECT set_config('jit', 'off', true), set_config('quote_all_identifiers', 'off', true),
      set_config('IntervalStyle', 'postgres', true), set_config('DateStyle', 'ISO', true),
      set_config('standard_conforming_strings', 'on', true)
    """

  /// The pairs, one form of one pair a row, left where the block finds them.
  private static func questions(_ pairs: [QueryPair]) -> String {
    let rows = pairs.enumerated().flatMap { place, pair in
      pair.forms.enumerated().map { number, form in
        let path =
          pair.searchPath.map {
            SQLLiteral.text($0.map(Identifier.alwaysQuoted).joined(separator: ", "))
          } ?? "NULL"
        return
          "(\(place), \(number), \(form.isFallback), \(path)::text, \(SQLLiteral.text(form.expected)), "
          + "\(SQLLiteral.text(form.actual)))"
      }
    }
    return """
      SELECT set_config('signalbox.questions', json_agg(question ORDER BY place, form)::text, true)
      FROM (VALUES \(rows.joined(separator: ",\n")))
        AS question(place, form, fallback, path, expected, actual)
      """
  }

  /// Answers only pairs that are not the same, with the plans of the first form that could be planned.
  ///
  /// To guess how many rows a condition leaves, the planner asks `current_setting('app.tenant')` at once. Where the session
  /// has no such setting, it gets a value for the time of the comparison: an empty one, or another kind where that does not
  /// convert. Both sides of a pair are planned with the same. Not in somebody's transaction, which a setting would outlive.
  private static let block = """
    DO $signalbox$
    DECLARE
      standard text := (SELECT reset_val FROM pg_settings WHERE name = 'search_path');
      question record;
      line text;
      expected_plan text;
      actual_plan text;
      first_expected text;
      first_actual text;
      failure text;
      settled int := -1;
      current int := -1;
      answers text[] := '{}';
      may_set bool := current_setting('signalbox.may_set')::bool;
      setting text;
      unset text[] := '{}';
      values_tried text[] := ARRAY['', '00000000-0000-0000-0000-000000000000', '0', 'true', '{}'];
      tried int;
    BEGIN
      FOR question IN
        SELECT q.* FROM json_to_recordset(current_setting('signalbox.questions')::json)
          AS q(place int, form int, fallback bool, path text, expected text, actual text)
        UNION ALL SELECT 2147483647, 0, false, NULL, NULL, NULL
        ORDER BY 1, 2
      LOOP
        IF question.place <> current THEN
          IF current >= 0 AND settled <> current THEN
            answers := answers || json_build_object('place', current, 'expected', first_expected,
              'actual', first_actual, 'failure', failure)::text;
          END IF;
          current := question.place;
          first_expected := NULL;
          first_actual := NULL;
          failure := NULL;
        END IF;
        CONTINUE WHEN settled = current OR question.expected IS NULL
          OR question.fallback AND first_expected IS NOT NULL;
        PERFORM set_config('search_path', coalesce(question.path, standard), true);
        tried := 1;
        LOOP
          BEGIN
            expected_plan := '';
            FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || question.expected LOOP
              expected_plan := expected_plan || line || chr(10);
            END LOOP;
            actual_plan := '';
            FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || question.actual LOOP
              actual_plan := actual_plan || line || chr(10);
            END LOOP;
            IF expected_plan = actual_plan THEN
              settled := current;
            ELSIF first_expected IS NULL THEN
              first_expected := expected_plan;
              first_actual := actual_plan;
            END IF;
            EXIT;
          EXCEPTION WHEN OTHERS THEN
            setting := CASE WHEN SQLSTATE = '42704' THEN substring(SQLERRM FROM '[A-Za-z_][A-Za-z0-9_]*(?:[.][A-Za-z0-9_]+)+') END;
            IF may_set AND setting IS NOT NULL AND current_setting(setting, true) IS NULL THEN
              unset := unset || setting;
            ELSIF unset <> '{}' AND SQLSTATE LIKE '22%' AND tried < array_length(values_tried, 1) THEN
              tried := tried + 1;
            ELSE
              failure := coalesce(failure, SQLERRM);
              EXIT;
            END IF;
            BEGIN
              FOREACH setting IN ARRAY unset LOOP
                PERFORM set_config(setting, values_tried[tried], true);
              END LOOP;
            EXCEPTION WHEN OTHERS THEN
              failure := coalesce(failure, SQLERRM);
              EXIT;
            END;
          END;
        END LOOP;
      END LOOP;
      PERFORM set_config('signalbox.answers', '[' || array_to_string(answers, ',') || ']', true);
    END
    $signalbox$
    """

  private static let answers = """
    SELECT answer.* FROM pg_catalog.json_to_recordset(pg_catalog.current_setting('signalbox.answers')::json)
      AS answer(place int, expected text, actual text, failure text)
    """

  /// What the results of ``text`` say of each pair.
  func read(_ results: [QueryResult], count: Int) throws(PostgresError) -> [QueryComparison] {
    guard results.indices.contains(result) else {
      throw PostgresError(
        .unexpectedValue, "the comparison of plans was not answered; there are \(results.count) results")
    }
    var answers = [QueryComparison](repeating: .same, count: count)
    for row in results[result].rows {
      let place = try row.int("place")
      guard answers.indices.contains(place) else { continue }
      if let expected = try row.optionalText("expected"), let actual = try row.optionalText("actual") {
        answers[place] = .different(expected: expected, actual: actual)
      } else {
        answers[place] = .incomparable(try row.optionalText("failure") ?? "the server gave no reason")
      }
    }
    return answers
  }
}

extension CatalogReader {
  /// Has the server plan pairs of queries, and says of each whether the plans are the same.
  ///
  /// Outside a transaction all are planned at one moment. A plan that cannot be made (a name that is not there, a missing
  /// privilege, a table that somebody holds for longer than `lockTimeout` seconds) is an answer, not an error.
  public func compare(_ pairs: [QueryPair], lockTimeout: Double = 2) async throws -> [QueryComparison] {
    guard !pairs.isEmpty else { return [] }
    return try await withLease { lease in
      let status = await lease.transactionStatus
      if status == .failed {
        throw PostgresError(
          .misuse, "nothing can be asked in a transaction that has failed; roll it back first")
      }
      let script = ComparisonScript(
        pairs, isInTransaction: status != .idle, lockTimeoutMilliseconds: max(1, Int(lockTimeout * 1000)))
      do {
        return try script.read(try await lease.execute(script.text), count: pairs.count)
      } catch {
        // The transaction must stay usable, whatever became of the question; its own error is the one to report.
        if let recovery = script.recovery, await lease.transactionStatus == .failed {
          _ = try? await lease.execute(recovery)
        }
        throw error
      }
    }
  }
}
