import Script
import Testing

@testable import Migrations

@Suite("The Helix sample")
struct HelixSampleTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  @Test("it is read whole from the disk, with its phases, requirements and skipped files")
  func sample() throws {
    let project = try ProjectReader(fileSystem: .local).read(Self.root + "/migrations/helix")
    #expect(project.migrations.count == 73)
    #expect(project.migrations.count { $0.place == .applied } == 65)
    #expect(project.migrations.count { $0.place == .skipped } == 3)
    #expect(
      project.migrations.filter { $0.place == .active }.map(\.id) == [
        "070_user_equals_instance", "071_phase1_helix_user_context", "072_phase1b_memory_synthesis",
        "20260205_enable_rls", "20260206_rls_policies",
      ])
    #expect(project.phases.flatMap(\.migrations).count == 70)
    #expect(project.platform == .supabase)
    #expect(!project.expectations.isEmpty)
    #expect(
      project.migration("072_phase1b_memory_synthesis")?.declaredRequirements.map(\.id)
        == ["071_phase1_helix_user_context"])
    #expect(project.migration("019b_voice_memos")?.notes.skipReason != nil)
    #expect(project.runnableMigrations.allSatisfy { !$0.script.statements.isEmpty })
  }

  @Test("what its files create and use says why one comes with another")
  func closure() throws {
    let project = try ProjectReader(fileSystem: .local).read(Self.root + "/migrations/helix")
    let graph = RequirementGraph(project)
    #expect(graph.cycles.isEmpty)
    #expect(graph.order == project.migrations.filter(\.isRunnable).map(\.id))
    let pending = Set(project.migrations.filter { $0.place == .active }.map(\.id))
    let members = graph.closure(of: ["20260206_rls_policies"], unless: { !pending.contains($0) })
    #expect(members.count == 5)
    #expect(
      members.first?.explanation
        == "070_user_equals_instance comes with it: it creates column public.telemetry.user_id")
    let plan = Planner.plan(
      ["20260206_rls_policies"], of: project, graph: graph,
      statuses: project.migrations.map {
        MigrationStatus(id: $0.id, state: pending.contains($0.id) ? .pending : .applied)
      })
    #expect(plan.problems.isEmpty)
    #expect(plan.steps.map(\.mode) == Array(repeating: .single, count: 5))
  }

  @Test("its graph can be read at 80 columns")
  func drawing() throws {
    let project = try ProjectReader(fileSystem: .local).read(Self.root + "/migrations/helix")
    let lines = GraphDrawing(RequirementGraph(project)).text()
    #expect(lines.allSatisfy { $0.count <= 80 })
  }
}

@Suite("The file system of this machine")
struct LocalFileSystemTests {
  private let local = FileSystem.local

  @Test("it tells files, directories and nothing apart")
  func kinds() {
    #expect(local.kind(#filePath) == .file)
    #expect(local.kind("/") == .directory)
    #expect(local.kind("/dev/null") == .other)
    #expect(local.kind("/no/such/path") == nil)
    #expect(local.kind("/proc/self/fd/999") == nil)
  }

  @Test("it reads files and lists directories, and says why it cannot")
  func reading() throws {
    #expect(try local.read(#filePath).starts(with: "import Script".utf8))
    let directory = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
    #expect(
      try local.listing(directory).contains { name, kind in
        name == "HelixSampleTests.swift" && kind == .file
      })
    #expect(throws: FileSystemError(path: "/no/such", reason: "No such file or directory")) {
      try local.read("/no/such")
    }
    #expect(throws: FileSystemError(path: "/no/such", reason: "No such file or directory")) {
      try local.list("/no/such")
    }
    #expect(throws: FileSystemError(path: "/", reason: "Is a directory")) { try local.read("/") }
    #expect(local.resolve("/usr/../usr/bin/..") == "/usr")
  }
}
