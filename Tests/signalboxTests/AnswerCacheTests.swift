import Glibc
import Testing

@Suite("Answers that are kept")
struct AnswerCacheTests {
  private let project = TemporaryProject([
    "001_a.sql": "CREATE TABLE a (id int);\n", "002_b.sql": "SELECT 1;\n",
  ])
  private let cache = TemporaryProject()

  private func lint(cache: String? = nil) async throws -> Program.Result {
    try await Program.run(
      "lint", "--project", project.path, environment: ["XDG_CACHE_HOME": cache ?? self.cache.path])
  }

  /// The file that holds the answer, and its number on the disk.
  private func kept() throws -> (path: String, number: UInt) {
    let names = try TemporaryProject.names(in: "\(cache.path)/signalbox/answers")
    #expect(names.count == 1)
    let path = "\(cache.path)/signalbox/answers/\(names.first ?? "")"
    var status = stat()
    #expect(stat(path, &status) == 0)
    return (path, UInt(status.st_ino))
  }

  @Test("are given again for the same files, and worked out anew for others")
  func sameFiles() async throws {
    let first = try await lint()
    let written = try kept()
    let second = try await lint()
    #expect(second.output == first.output && second.errors == first.errors && second.status == first.status)
    #expect(try kept().number == written.number)
    project.write("003_c.sql", Array("CREATE INDEX a_id_idx ON a (id);\nDROP TABLE a;\n".utf8))
    let third = try await lint()
    #expect(third.output != first.output)
    #expect(try kept().number != written.number)
  }

  @Test("count for nothing where they are broken, or where there is no place for them")
  func broken() async throws {
    let first = try await lint()
    let path = try kept().path
    let whole = try String(contentsOfFile: path)
    for text in ["", String(whole.dropLast(2)), whole.replacing("output", with: "outpot")] {
      let descriptor = open(path, O_WRONLY | O_TRUNC)
      #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
      close(descriptor)
      #expect(try await lint().output == first.output)
    }
    for place in ["/nonexistent/cache", "/dev/null", "relative"] {
      let without = try await lint(cache: place)
      #expect(without.output == first.output && without.errors == first.errors)
    }
  }
}
