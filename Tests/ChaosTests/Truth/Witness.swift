import JSON
import Postgres

/// Compares what `signalbox status` says with what is really in the database.
struct Witness: Sendable {
  let project: ChaosProject
  let connection: Connection

  /// What is wrong with a status, in words; empty if it names the state exactly.
  func contradictions(in status: JSONValue) async throws -> [String] {
    let marks = try await marks()
    let progress = try await progress()
    let said = Dictionary(
      (status["migrations"]?.elements ?? []).map {
        ($0["id"]?.stringValue ?? "", $0["state"]?.stringValue ?? "")
      },
      uniquingKeysWith: { first, _ in first })
    return project.migrations.flatMap { migration -> [String] in
      let found = marks[migration.id] ?? [:]
      var wrong = found.filter { $0.value > 1 }.map {
        "\(migration.id): statement \($0.key + 1) ran \($0.value) times"
      }
      let state = said[migration.id] ?? "nothing"
      let there = Set(found.keys)
      let expected: Set<Int>
      switch state {
      case "applied": expected = Set(migration.marks)
      case "pending": expected = []
      case "interrupted" where !migration.isSingle:
        expected = Set(migration.marks.filter { $0 < progress[migration.id] ?? 0 })
      default:
        return wrong + ["\(migration.id) is said to be \(state)"]
      }
      if there != expected {
        wrong.append(
          "\(migration.id) is said to be \(state), statements \(progress[migration.id] ?? 0), "
            + "but has the marks \(there.sorted()) of \(migration.marks)")
      }
      return wrong
    }
  }

  /// How often each statement that leaves a mark has run.
  private func marks() async throws -> [String: [Int: Int]] {
    let isThere = try await connection.query("SELECT to_regclass('public.mark') IS NOT NULL AS is_there")
    guard try isThere.rows.first?.bool("is_there") == true else { return [:] }
    let result = try await connection.query(
      "SELECT migration, place, count(*) AS count FROM public.mark GROUP BY 1, 2")
    var marks: [String: [Int: Int]] = [:]
    for row in result.rows {
      marks[try row.text("migration"), default: [:]][try row.int("place")] = try row.int("count")
    }
    return marks
  }

  private func progress() async throws -> [String: Int] {
    let isThere = try await connection.query(
      "SELECT to_regclass('signalbox.migration') IS NOT NULL AS is_there")
    guard try isThere.rows.first?.bool("is_there") == true else { return [:] }
    let result = try await connection.query("SELECT id, statements_done FROM signalbox.migration")
    return Dictionary(
      uniqueKeysWithValues: try result.rows.map { (try $0.text("id"), try $0.int("statements_done")) })
  }
}
