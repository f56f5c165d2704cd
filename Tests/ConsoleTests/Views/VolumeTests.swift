import Testing

@testable import Console

@Suite("rows and bytes in words")
struct VolumeTests {
  @Test(
    "numbers are scaled by thousands",
    arguments: [
      (0.0, "0"), (950, "950"), (1_000, "1 k"), (12_345, "12 k"), (1_234_567, "1.2 M"), (9.96e6, "10 M"),
    ])
  func numbers(_ number: Double, _ words: String) { #expect(Amounts.number(number) == words) }

  @Test(
    "bytes by 1,024, as PostgreSQL does",
    arguments: [(0, "0 bytes"), (8_192, "8 kB"), (356_515_840, "340 MB"), (1_288_490_189, "1.2 GB")])
  func bytes(_ bytes: Int, _ words: String) { #expect(Amounts.bytes(bytes) == words) }
}
