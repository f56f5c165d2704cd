import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Random histories")
struct RandomHistoryTests {
  /// A random project over a few tables and columns, and the catalog after each of its migrations.
  private struct History {
    var migrations: [Migration] = []
    var snapshots: [Snapshot] = []
    private var random: SplitMix
    private var objects: [ObjectIdentity: SchemaObject] = [:]

    init(seed: UInt64) {
      random = SplitMix(state: seed)
      snapshots.append(Snapshot())
      for number in 1...Int.random(in: 2...9, using: &random) {
        var effects: [Effect] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) { effects += step() }
        migrations.append(migration("\(number)", effects))
        snapshots.append(Snapshot(objects: objects.values))
      }
    }

    private mutating func step() -> [Effect] {
      let name = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
      let identity = ObjectIdentity.table("public", name)
      let cell = ["x", "y"].randomElement(using: &random) ?? "x"
      let type = ["integer", "bigint", "text"].randomElement(using: &random) ?? "text"
      let wanted = column(name, cell, type)
      switch Int.random(in: 0...7, using: &random) {
      case 0, 1, 2:
        let made = table(name)
        if objects[identity] != nil { return [creates(made, when: .ifNotExists)] }
        objects[identity] = made
        return [creates(made)]
      case 3:
        guard objects[identity] != nil else { return [drops(table(name), when: .ifExists)] }
        objects = objects.filter { $0.key != identity && $0.key.table != identity }
        return [drops(table(name), when: Bool.random(using: &random) ? .always : .ifExists)]
      case 4, 5:
        guard objects[identity] != nil else { return [] }
        if objects[wanted.identity] != nil { return [creates(wanted, when: .ifNotExists)] }
        objects[wanted.identity] = wanted
        return [creates(wanted)]
      case 6:
        guard objects[wanted.identity] != nil else { return [] }
        objects[wanted.identity] = wanted
        return [alters(wanted, "TYPE \(type)")]
      default:
        guard objects[wanted.identity] != nil else { return [drops(wanted, when: .ifExists)] }
        objects[wanted.identity] = nil
        return [drops(wanted)]
      }
    }
  }

  /// Random numbers that are the same on every run (SplitMix64).
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  @Test(
    "whatever the migrations do, nothing is found of those not in, and nothing is missed of those that are")
  func soundness() {
    var conclusive = 0
    var mistakes: [String] = []
    for seed in 0..<600 {
      let history = History(seed: UInt64(seed))
      let judge = EvidenceJudge(migrations: history.migrations)
      for (count, snapshot) in history.snapshots.enumerated() {
        let evidence = judge.evidence(in: snapshot)
        for (index, migration) in history.migrations.enumerated() {
          for item in evidence[migration.id]?.items ?? [] {
            conclusive += 1
            if (item.verdict == .found) != (index < count) {
              mistakes.append(
                "seed \(seed), after \(count): \(migration.id) \(item.action) \(item.object) \(item.verdict)")
            }
          }
        }
      }
    }
    #expect(mistakes.isEmpty, "\(mistakes.count): \(mistakes.prefix(10).joined(separator: "\n"))")
    #expect(conclusive > 10_000, "it must not be right by saying nothing")
  }

  @Test("of all migrations but one that nothing later builds on, exactly that one is pending")
  func leftOut() {
    for missing in 1...4 {
      let files = (1...4).map {
        migration("\($0)", [creates(table("t\($0)")), creates(column("t\($0)", "x"))])
      }
      let objects = (1...4).filter { $0 != missing }.flatMap { [table("t\($0)"), column("t\($0)", "x")] }
      let evidence = EvidenceJudge(migrations: files).evidence(in: Snapshot(objects: objects))
      for (number, file) in zip(1..., files) {
        #expect(evidence[file.id]?.found == (number == missing ? 0 : 2))
        #expect(evidence[file.id]?.expected == 2)
      }
    }
  }
}
