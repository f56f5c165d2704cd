import Migrations
import Script
import Testing

@Suite("Another tool's history beside ours")
struct WitnessComparisonTests {
  private let migrations = ["001_a", "002_b", "003_c", "004_d", "005_e"].map { id in
    Migration(
      id: MigrationID(id), version: String(id.prefix(3)), name: String(id.suffix(1)), file: "\(id).sql",
      script: ParsedScript(statements: []))
  }

  private func entry(_ id: MigrationID, _ state: HistoryEntry.State) -> HistoryEntry {
    HistoryEntry(id: id, checksum: "", state: state)
  }

  @Test("agrees, lacks rows, or contradicts; what neither has is left out")
  func verdicts() throws {
    let history = History(
      isInstalled: true,
      entries: [
        "001_a": entry("001_a", .applied), "003_c": entry("003_c", .adopted),
        "004_d": entry("004_d", .reverted),
      ],
      others: [
        OtherHistory(
          tool: "dbmate", table: "public.schema_migrations",
          rows: [
            .init(version: "001", appliedAt: 12), .init(version: "002"), .init(version: "004"),
            .init(version: "099"),
          ])
      ])
    let comparison = try #require(WitnessComparison.all(of: history, migrations: migrations).first)
    #expect(comparison.entries.map(\.id) == ["001_a", "002_b", "003_c", "004_d", "099"])
    #expect(
      comparison.entries.map(\.verdict) == [
        .agree, .onlyTheirs, .onlyOurs, .contradict("Signalbox says reverted"),
        .contradict("the project has no such migration"),
      ])
    #expect(comparison.entries.first?.theirTime == 12)
    #expect(comparison.disagreements == 4)
  }
}
