import Glibc
import Testing

@testable import Sandbox

@Suite("the script that removes a cluster")
struct ServerScriptTests {
  @Test(
    "refuses a directory that is not ours",
    arguments: [
      "plain", "signalbox-nomark", "signalbox-marked/../victim", "signalbox-link", "signalbox-marked//",
    ])
  func refusesOthers(name: String) async throws {
    let root = try TemporaryDirectory()
    for directory in ["plain", "signalbox-nomark", "signalbox-marked", "victim"] {
      try Files.makeDirectories("\(root.path)/\(directory)")
      try Files.write("keep", to: "\(root.path)/\(directory)/precious")
    }
    for directory in ["plain", "signalbox-marked", "victim"] {
      try Files.write("", to: "\(root.path)/\(directory)/\(ClusterDirectory.markName)")
    }
    #expect(symlink("\(root.path)/signalbox-marked", "\(root.path)/signalbox-link") == 0)

    let removed = try await script(ClusterDirectory(path: "\(root.path)/\(name)")).complete(.stop)
    #expect(!removed)
    for directory in ["plain", "signalbox-nomark", "signalbox-marked", "victim"] {
      #expect(Files.text(of: "\(root.path)/\(directory)/precious") == "keep")
    }
  }

  @Test("removes a directory with our mark, even where no server ever ran")
  func removesOurs() async throws {
    let root = try TemporaryDirectory()
    let path = "\(root.path)/signalbox-it's ours"
    try Files.makeDirectories(path)
    try Files.write("", to: "\(path)/\(ClusterDirectory.markName)")
    #expect(try await script(ClusterDirectory(path: path)).complete(.stop))
    #expect(!Files.exists(path))
  }

  private func script(_ directory: ClusterDirectory) -> ServerScript {
    ServerScript(
      directory: directory, binaries: ServerBinaries(directory: "/nowhere"), account: ServerAccount(),
      environment: processEnvironment())
  }
}
