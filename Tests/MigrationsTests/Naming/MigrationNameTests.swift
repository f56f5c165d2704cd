import Testing

@testable import Migrations

@Suite("The name of a migration")
struct MigrationNameTests {
  @Test(
    "the version and the title are told apart",
    arguments: [
      ("001_initial_schema", "001", "initial_schema"),
      ("019b_voice_memos", "019b", "voice_memos"),
      ("20260205_enable_rls", "20260205", "enable_rls"),
      ("20250120000000_nps", "20250120000000", "nps"),
      ("2025-11-05_telemetry", "2025-11-05", "telemetry"),
      ("20250120_101500_add", "20250120_101500", "add"),
      ("1.2.10_add", "1.2.10", "add"),
      ("1.2__add", "1.2", "add"),
      ("00010-add-users", "00010", "add-users"),
      ("001create", "001", "create"),
      ("3_2fa", "3", "2fa"),
      ("12", "12", ""),
      ("test_calendar_schema", "", "test_calendar_schema"),
      ("000000000800_upsert_functions", "000000000800", "upsert_functions"),
    ])
  func parts(name: String, version: String, title: String) {
    let parsed = MigrationName(name)
    #expect(parsed.version.text == version)
    #expect(parsed.title == title)
  }

  @Test("migrations are in order of value, then letter, then bytes; names without a version come last")
  func order() {
    let sorted: [MigrationID] = [
      "0_x", "1_x", "002_x", "2_y", "10_a", "010_b", "019_voice", "019B_voice", "019b_voice", "020_a",
      "072_x", "1000_x", "2025-11-05_a", "20251105_b", "20260205_x", "20260205_101500_x", "20260206_x",
      "20250120000000_x", "99999999999999999999999999_x", "Zeta", "alpha",
    ]
    #expect(sorted.reversed().sorted(by: MigrationID.precedes) == sorted)
    #expect(sorted.shuffled().sorted(by: MigrationID.precedes) == sorted)
  }

  @Test("dotted versions are compared part by part")
  func dotted() {
    let sorted: [MigrationID] = ["1_a", "1.2_a", "1.2.1_a", "1.10_a", "2.0_a"]
    #expect(sorted.reversed().sorted(by: MigrationID.precedes) == sorted)
  }

  @Test(
    "a range takes in its bounds and what refines the upper one",
    arguments: [
      ("001", true), ("10", true), ("010b", true), ("10.5", true), ("011", false), ("0", false),
      ("005", true),
    ])
  func range(version: String, isInside: Bool) throws {
    let version = try #require(MigrationVersion(version))
    #expect(version.lies(from: MigrationVersion("001"), to: MigrationVersion("010")) == isInside)
  }

  @Test("a text that is more than a version is none")
  func wholeVersion() {
    #expect(MigrationVersion("001_a") == nil)
    #expect(MigrationVersion("") == nil)
    #expect(MigrationVersion("019b")?.text == "019b")
  }
}

@Suite("Finding migrations by what people call them")
struct MigrationLookupTests {
  private let lookup = MigrationLookup(["010_a", "010_b", "019b_voice", "070_user_equals_instance"])

  @Test("a whole name, a file name and a version find one migration")
  func one() {
    #expect(lookup.find("010_b") == .one("010_b"))
    #expect(lookup.find("010_b.sql") == .one("010_b"))
    #expect(lookup.find("70") == .one("070_user_equals_instance"))
    #expect(lookup.find("019b") == .one("019b_voice"))
  }

  @Test("a shared version or beginning finds several")
  func several() {
    #expect(lookup.find("010") == .several(["010_a", "010_b"]))
    #expect(
      lookup.find("0", byPrefix: true)
        == .several(["010_a", "010_b", "019b_voice", "070_user_equals_instance"]))
  }

  @Test("a beginning finds its migration only where that is wanted")
  func prefix() {
    #expect(lookup.find("070_user", byPrefix: true) == .one("070_user_equals_instance"))
    #expect(lookup.find("070_user") == .none(nearest: "070_user_equals_instance"))
  }

  @Test("a misspelt name finds its neighbour")
  func nearest() {
    #expect(lookup.find("070_user_equal_instance") == .none(nearest: "070_user_equals_instance"))
    #expect(lookup.find("nothing like it at all") == .none(nearest: nil))
  }
}
