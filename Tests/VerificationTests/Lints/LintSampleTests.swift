import Migrations
import Testing
import Verification

@Suite("Lints of the samples")
struct LintSampleTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  private func codes(_ sample: String) throws -> Set<String> {
    let project = try ProjectReader(fileSystem: .local).read("\(Self.root)/migrations/\(sample)")
    return Set(Linter().findings(in: project).map { "\($0.severity.rawValue) \($0.code)" })
  }

  @Test(
    "the samples have nothing insecure or broken in them",
    arguments: ["helix", "hybrid", "identra", "lift-sys", "tenant-backend"])
  func failures(_ sample: String) throws {
    #expect(try codes(sample).filter { $0.hasPrefix("failure") } == [])
  }

  @Test("Helix was written as people write: without thinking of size; what is in already is history")
  func helix() throws {
    #expect(
      try codes("helix") == [
        "warning lint.auth-call-per-row", "warning lint.constraint-validated-at-once",
        "warning lint.foreign-key-without-index", "warning lint.index-without-concurrently",
        "warning lint.lock-held-during-scan", "warning lint.row-security-without-policy",
      ])
  }
}
