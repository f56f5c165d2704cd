import Glibc
import Postgres
import Sandbox

/// A server of one test's own that listens on TCP, for what a Unix socket cannot show: ports, TLS, passwords.
struct ListeningServer: Sendable {
  let cluster: Cluster
  let port: Int

  /// The way in for whoever sets it up: the Unix socket, where everybody is trusted.
  var administration: ConnectionConfiguration {
    var parameters = cluster.connectionParameters()
    parameters["port"] = "\(port)"
    return ConnectionConfiguration(parameters: parameters)
  }

  /// The server's TCP address as `key=value` pairs.
  func address(_ more: String...) -> String {
    (["host=127.0.0.1", "port=\(port)", "dbname=postgres"] + more).joined(separator: " ")
  }

  /// Starts a server, lends it and stops it.
  static func with<Success: Sendable>(
    _ body: (ListeningServer, Connection) async throws -> Success
  ) async throws -> Success {
    var options = ClusterOptions()
    let port = try freePort()
    options.settings = ["listen_addresses": "127.0.0.1", "port": "\(port)"]
    let server = ListeningServer(cluster: try await Cluster.start(options), port: port)
    let administrator = try await Connection.connect(server.administration)
    let result: Result<Success, any Error>
    do {
      result = .success(try await body(server, administrator))
    } catch {
      result = .failure(error)
    }
    await administrator.close()
    try await server.cluster.stop()
    return try result.get()
  }

  /// A port that nobody listens at.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard isBound else { throw Program.SpawnError(path: "a port", code: errno) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// A TCP socket on the loopback that takes connections and never says a word.
struct SilentServer: ~Copyable {
  private let descriptor: Int32
  let port: Int

  init() throws {
    let port = try ListeningServer.freePort()
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    address.sin_port = UInt16(port).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
      }
    }
    guard isListening else { throw Program.SpawnError(path: "a port", code: errno) }
    self.port = port
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
