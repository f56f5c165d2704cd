import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Evidence of the indexes behind constraints")
struct ConstraintIndexTests {
  private let made = "CREATE TABLE t (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));"

  private func summary(_ files: [String], _ identities: [ObjectIdentity]) -> [String] {
    let migrations = files.enumerated().map { number, text in
      let id = "00\(number + 1)"
      return Migration(
        id: MigrationID(id), version: id, name: "", file: "\(id).sql",
        script: ScriptParser.parse(Array(text.utf8)))
    }
    let snapshot = Snapshot(objects: identities.map { SchemaObject(identity: $0) })
    let evidence = EvidenceJudge(migrations: migrations).evidence(in: snapshot)
    return migrations.map { migration in
      let one = evidence[migration.id] ?? Evidence()
      return one.items.filter { $0.verdict != .found }.map { "\(migration.id): \($0.object)" }
        .joined(separator: ", ")
    }
  }

  /// The table with its primary key, and the unique constraint under a name.
  private func objects(unique: String?) -> [ObjectIdentity] {
    [
      .table("public", "t"), .column("public", "t", "id"), .column("public", "t", "a"),
      .column("public", "t", "b"), .constraint("public", "t", "t_pkey"), .index("public", "t_pkey"),
    ] + (unique.map { [.constraint("public", "t", $0), .index("public", $0)] } ?? [])
  }

  @Test("the index goes with its constraint")
  func drop() {
    let files = [made, "ALTER TABLE t DROP CONSTRAINT t_a_b_key;"]
    #expect(summary(files, objects(unique: nil)) == ["", ""])
    #expect(summary(Array(files.prefix(1)), objects(unique: nil)) != [""])
  }

  @Test("the index gets the new name of its constraint, and the constraint that of its index")
  func rename() {
    for change in [
      "ALTER TABLE t RENAME CONSTRAINT t_a_b_key TO pair;", "ALTER INDEX t_a_b_key RENAME TO pair;",
    ] {
      #expect(summary([made, change], objects(unique: "pair")) == ["", ""], "\(change)")
      #expect(
        summary([made, change, "ALTER TABLE t DROP CONSTRAINT pair;"], objects(unique: nil)) == ["", "", ""],
        "\(change)")
    }
  }

  @Test("an index follows its column under the column's new name")
  func renamedColumn() {
    var left = objects(unique: nil).filter { $0 != .column("public", "t", "a") }
    let files = [made, "ALTER TABLE t RENAME COLUMN a TO t;", "ALTER TABLE t DROP COLUMN t;"]
    #expect(summary(files, left) == ["", "", ""])
    left = objects(unique: "t_a_b_key").filter { $0 != .column("public", "t", "a") }
    #expect(summary(Array(files.prefix(2)), left + [.column("public", "t", "t")]) == ["", ""])
  }
}
