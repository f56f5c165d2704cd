import Glibc
import Testing
import Threads

@testable import Postgres

@Suite("A link that may stop answering")
struct LossDetectionTests {
  /// A server of TCP that takes the connection and says nothing; the options are those of the client's socket.
  private func options(_ parameters: [String: String]) async throws -> (idle: Int32, user: Int32) {
    let listener = try SilentListener()
    var all = ["host": "127.0.0.1", "port": "\(listener.port)", "user": "me", "connect_timeout": "0.3"]
    all.merge(parameters) { $1 }
    let connection = Connector(
      configuration: ConnectionConfiguration(parameters: all), interruption: WaitInterruption())
    let found = Lock<(Int32, Int32)>((0, 0))
    let watch = Task {
      while !Task.isCancelled {
        for descriptor in Int32(3)..<400 {
          var address = sockaddr_in()
          var length = socklen_t(MemoryLayout<sockaddr_in>.size)
          let isPeer = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
              getpeername(descriptor, $0, &length) == 0
            }
          }
          guard isPeer, address.sin_family == sa_family_t(AF_INET),
            UInt16(bigEndian: address.sin_port) == UInt16(listener.port)
          else { continue }
          let values = (Self.option(descriptor, TCP_KEEPIDLE), Self.option(descriptor, TCP_USER_TIMEOUT))
          found.withLock { $0 = values }
        }
        try await Task.sleep(for: .milliseconds(2))
      }
    }
    _ = try await failure { _ = try await connection.connect() }
    watch.cancel()
    return found.withLock { ($0.0, $0.1) }
  }

  private static func option(_ descriptor: Int32, _ name: Int32) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, Int32(IPPROTO_TCP), name, &value, &length)
    return value
  }

  @Test("is given up after half a minute, unless the operator says otherwise")
  func limits() async throws {
    #expect(try await options([:]) == (10, 30_000))
    #expect(try await options(["keepalives_idle": "99", "tcp_user_timeout": "7000"]) == (99, 7_000))
  }
}
