import Schema
import Testing

@Suite("Snapshot")
struct SnapshotTests {
  private let users = SchemaObject(identity: .table("auth", "users"))
  private let telemetry = SchemaObject(identity: .table("public", "telemetry"))

  @Test("what belongs to a table is found, indexes included, whatever kind of relation it is")
  func belongings() {
    let index = SchemaObject(
      identity: .index("public", "i"),
      detail: .index(
        IndexDetail(table: telemetry.identity, isUnique: false, isPrimary: false, isValid: true)))
    let column = SchemaObject(identity: .column("public", "telemetry", "id"))
    let foreign = SchemaObject(identity: .column("auth", "users", "id"))
    let snapshot = Snapshot(objects: [users, telemetry, foreign, index, column])
    #expect(snapshot.objects(on: telemetry.identity).map(\.identity.name) == ["i", "id"])
    #expect(snapshot.objects(on: telemetry.identity.with(kind: .view)).count == 2)
  }

  @Test("the host's schemas and what is in them belong to the platform")
  func platform() {
    let snapshot = Snapshot(platformSchemas: ["auth"], objects: [users, telemetry])
    #expect(snapshot.isPlatform(users.identity))
    #expect(snapshot.isPlatform(ObjectIdentity(.schema, name: "auth")))
    #expect(!snapshot.isPlatform(telemetry.identity))
    #expect(!snapshot.isPlatform(ObjectIdentity(.extension, name: "auth")))
  }

  @Test("of two objects with one identity the later stands")
  func duplicates() {
    var later = telemetry
    later.definition = "UNLOGGED"
    #expect(Snapshot(objects: [telemetry, later])[telemetry.identity]?.definition == "UNLOGGED")
  }

  @Test("two snapshots differ by what was added, removed and defined anew; sizes make no difference")
  func difference() {
    var larger = telemetry
    larger.detail = .relation(RelationDetail(estimatedRows: 9, bytes: 8192))
    var changed = users
    changed.definition = "UNLOGGED"
    let added = SchemaObject(identity: .column("public", "telemetry", "id"))
    let same = SnapshotDifference(from: Snapshot(objects: [telemetry]), to: Snapshot(objects: [larger]))
    #expect(same.isEmpty)
    let difference = SnapshotDifference(
      from: Snapshot(objects: [telemetry, users]), to: Snapshot(objects: [changed, added]))
    #expect(difference.added == [added])
    #expect(difference.removed == [telemetry])
    #expect(difference.changed.map(\.after) == [changed])
    #expect(difference.changed.map(\.before) == [users])
  }
}
