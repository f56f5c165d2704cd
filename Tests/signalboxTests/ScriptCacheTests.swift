import Glibc
import Testing

@Suite("What files say, kept between starts")
struct ScriptCacheTests {
  private let project = TemporaryProject([
    "001_a.sql": "CREATE TABLE a (id int);\n", "002_b.sql": "CREATE VIEW b AS SELECT * FROM a;\n",
  ])
  private let cache = TemporaryProject()

  private func graph(cache: String? = nil) async throws -> Program.Result {
    try await Program.run(
      "graph", "--format", "json", "--project", project.path,
      environment: ["XDG_CACHE_HOME": cache ?? self.cache.path])
  }

  /// The only file that is kept, and its number on the disk.
  private func kept() throws -> (path: String, number: UInt) {
    let directory = "\(cache.path)/signalbox/scripts"
    let names = try TemporaryProject.names(in: directory)
    #expect(names.count == 1)
    var status = stat()
    #expect(stat("\(directory)/\(names.first ?? "")", &status) == 0)
    return ("\(directory)/\(names.first ?? "")", UInt(status.st_ino))
  }

  @Test("is the same for the same files, and found out anew for others")
  func sameFiles() async throws {
    let first = try await graph()
    #expect(first.status == 0)
    let written = try kept()
    #expect(try await graph().output == first.output)
    #expect(try kept().number == written.number)
    project.write("003_c.sql", Array("CREATE INDEX a_id_idx ON a (id);\n".utf8))
    #expect(try await graph().output != first.output)
    #expect(try kept().number != written.number)
  }

  @Test("counts for nothing where it is broken, or where there is no place for it")
  func broken() async throws {
    let first = try await graph()
    for share in [0.99, 0.5, 0.2, 0] {
      // What is broken is written anew, as another file.
      let descriptor = open(try kept().path, O_RDWR)
      var status = stat()
      #expect(fstat(descriptor, &status) == 0)
      let place = off_t(Double(status.st_size) * share)
      var byte: UInt8 = 0
      #expect(pread(descriptor, &byte, 1, place) == 1)
      byte ^= 0x55
      #expect(pwrite(descriptor, &byte, 1, place) == 1)
      close(descriptor)
      #expect(try await graph().output == first.output)
    }
    for place in ["/nonexistent/cache", "/dev/null", "relative"] {
      let without = try await graph(cache: place)
      #expect(without.output == first.output && without.errors == first.errors && without.status == 0)
    }
  }

  @Test("goes after a month in which nobody asked for it, and stays where somebody did")
  func pruning() async throws {
    _ = try await graph()
    let own = try kept()
    let others = ["\(cache.path)/signalbox/scripts/old", "\(cache.path)/signalbox/scripts/new"]
    for path in others { close(open(path, O_CREAT | O_WRONLY, 0o600)) }
    let now = time(nil)
    func age(_ path: String, days: Int) {
      let moment = timespec(tv_sec: now - days * 86_400, tv_nsec: 0)
      #expect(utimensat(AT_FDCWD, path, [moment, moment], 0) == 0)
    }
    age(others[0], days: 31)
    age(others[1], days: 29)
    age(own.path, days: 31)
    // Read, so that it counts as asked for; nothing is written.
    _ = try await graph()
    var status = stat()
    #expect(stat(own.path, &status) == 0 && now - status.st_mtim.tv_sec < 86_400)
    #expect(stat(others[0], &status) == 0)
    project.write("003_c.sql", Array("CREATE INDEX a_id_idx ON a (id);\n".utf8))
    _ = try await graph()
    #expect(stat(others[0], &status) != 0)
    #expect(stat(others[1], &status) == 0)
    #expect(stat(own.path, &status) == 0)
  }
}
