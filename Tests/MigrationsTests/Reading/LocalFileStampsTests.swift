import Glibc
import Testing

@testable import Migrations

@Suite("The stamps of files on this machine")
struct LocalFileStampsTests {
  /// A file in a directory of its own, which goes with it.
  private final class OneFile {
    let directory: String
    var path: String { "\(directory)/001_a.sql" }

    init() throws {
      var template = Array("/tmp/signalbox-stamps-XXXXXX".utf8CString)
      directory = String(cString: try #require(mkdtemp(&template)))
    }

    deinit {
      unlink(path)
      rmdir(directory)
    }

    func write(_ text: String) {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
    }
  }

  @Test("are others when a file is written anew, though its length and its time are put back")
  func rewritten() throws {
    let file = try OneFile()
    file.write("SELECT 1;\n")
    let first = try #require(FileSystem.local.stamp(file.path))
    #expect(FileSystem.local.stamp(file.path) == first)
    // The clock of the file system goes by steps: it has to go on between the two.
    var second = first
    while second.changedAt == first.changedAt {
      file.write("SELECT 2;\n")
      let time = timespec(
        tv_sec: first.writtenAt / 1_000_000_000, tv_nsec: first.writtenAt % 1_000_000_000)
      #expect(utimensat(AT_FDCWD, file.path, [time, time], 0) == 0)
      second = try #require(FileSystem.local.stamp(file.path))
    }
    #expect(second.writtenAt == first.writtenAt && second.size == first.size)
    #expect(second != first)
  }

  @Test("tell a file from a directory, and have none of what is neither")
  func kinds() throws {
    let file = try OneFile()
    #expect(FileSystem.local.stamp(file.path) == nil)
    file.write("")
    #expect(FileSystem.local.stamp(file.path)?.kind == .file)
    #expect(FileSystem.local.stamp(file.directory)?.kind == .directory)
    #expect(FileSystem.local.stamp("/dev/null") == nil)
    #expect(!FileSystem.local.hasReliableStamps("/proc/self"))
  }

  @Test("stand for what a project holds, and no longer once a file is another")
  func project() throws {
    let file = try OneFile()
    file.write("SELECT 1;\n")
    let reader = ProjectReader()
    let written = try #require(FileSystem.local.stamp(file.path)).changedAt
    let later = written + 3_000_000_000
    #expect(try reader.outline(file.directory, at: written).news == nil)
    guard FileSystem.local.hasReliableStamps(file.path) else { return }
    let outline = try #require(try reader.outline(file.directory, at: later).news)
    let again = try reader.outline(file.directory, knowing: outline, at: later)
    #expect(again.news == nil)
    #expect(again.project.migrations.map(\.checksum) == [Checksum.of(Array("SELECT 1;\n".utf8))])
    file.write("SELECT 23;\n")
    let changed = try reader.outline(file.directory, knowing: outline, at: later)
    #expect(changed.project.migrations.map(\.checksum) == [Checksum.of(Array("SELECT 23;\n".utf8))])
  }
}
