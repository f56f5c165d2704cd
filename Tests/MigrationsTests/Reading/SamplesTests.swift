import Testing

@testable import Migrations

@Suite("The samples")
struct SamplesTests {
  private static let root =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/migrations"

  private static func names() -> [String] {
    let local = FileSystem.local
    let names = (try? local.list(root)) ?? []
    return names.filter { local.kind("\(root)/\($0)") == .directory }.sorted()
  }

  @Test("each is a project without anything wrong", arguments: names())
  func sample(name: String) throws {
    let project = try ProjectReader().read("\(Self.root)/\(name)")
    #expect(!project.runnableMigrations.isEmpty)
    #expect(project.warnings.map(\.message) == [])
    #expect(RequirementGraph(project).cycles.isEmpty)
  }

  @Test("all of them are found")
  func found() {
    #expect(Self.names().contains("helix"))
  }
}
