import Migrations
import Testing
import Verification

@Suite("Lints of the samples")
struct LintSampleTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  private func findings(_ sample: String) throws -> [Finding] {
    let project = try ProjectReader(fileSystem: .local).read("\(Self.root)/migrations/\(sample)")
    return Linter().findings(in: project)
  }

  @Test("dump", arguments: ["helix", "lift-sys"])
  func dump(_ sample: String) throws {
    for finding in try findings(sample) {
      print(
        "\(finding.location?.description ?? "?") \(finding.severity.rawValue) \(finding.code): \(finding.message)\n    → \(finding.advice ?? "")"
      )
    }
  }
}
