import Glibc
import Synchronization
import Threads

/// A proxy before a server's socket that closes a connection after any byte, in either direction, or falls silent.
///
/// Its counts run over all connections, so that a cut can hit any of them; after one cut, links stay whole.
final class WireProxy: Sendable {
  private struct Count {
    var toServer = 0
    var fromServer = 0
    var commits = 0
    var cuts = 0
    var isSilent = false
    /// The end of what was sent last, because a COMMIT may be split over two pieces.
    var fault: Fault?
  }

  /// The directory of the socket to connect to.
  let directory: String
  private let server: String
  private let listener: Int32
  private let count = Mutex(Count())

  /// Listens in a directory of its own, and leads to the socket at a path.
  init(server: String) throws {
    self.server = server
    var template = Array("/tmp/signalbox-proxy-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChaosError("no directory for the proxy") }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    listener = listening
    let path = "\(directory)/.s.PGSQL.5432"
    guard Self.withAddress(path, { bind(listening, $0, $1) }) == 0, listen(listening, 64) == 0 else {
      throw ChaosError("the proxy cannot listen at \(path): errno \(errno)")
    }
    try PlainThread.start { [weak self] in
      while true {
        let client = accept(listening, nil, nil)
        if client < 0 { return }
        guard let self else {
          close(client)
          return
        }
        serve(client)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    unlink("\(directory)/.s.PGSQL.5432")
    rmdir(directory)
  }

  /// Sets the fault that is to come; the counts begin anew.
  func arm(_ fault: Fault?) { count.withLock { $0 = Count(fault: fault) } }

  /// Swallows from now on whatever comes, on old and new links, and ends none: as if a cable were cut.
  func fallSilent() { count.withLock { $0.isSilent = true } }

  /// Whether the fault has come.
  var hasCut: Bool { count.withLock { $0.cuts > 0 } }

  /// What has passed since the proxy was armed, in bytes to and from the server.
  var traffic: (toServer: Int, fromServer: Int, commits: Int) {
    count.withLock { ($0.toServer, $0.fromServer, $0.commits) }
  }

  private func serve(_ client: Int32) {
    let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else {
      close(client)
      close(upstream)
      return
    }
    do throws(PlainThreadFailure) {
      try PlainThread.start { [weak self] in
        Self.relay(client, upstream) { self?.judge($0, isToServer: $1) ?? .pass }
        // A child of the harness may hold a copy of the descriptor: closing ours would not end the link.
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(upstream, Int32(SHUT_RDWR))
        close(client)
        close(upstream)
      }
    } catch {
      close(client)
      close(upstream)
    }
  }

  /// What becomes of a piece.
  private enum Judgement {
    case pass
    /// So many bytes of it pass, then the link ends.
    case cut(after: Int)
    /// Nothing of it passes, and nobody hears of it.
    case swallow
  }

  private static func relay(
    _ client: Int32, _ upstream: Int32, _ judge: ([UInt8], Bool) -> Judgement
  ) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var heard = upstream
    while true {
      var descriptors = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        // A negative number is passed over (POSIX, poll).
        pollfd(fd: heard, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&descriptors, 2, -1) > 0 else { continue }
      for (index, descriptor) in descriptors.enumerated() where descriptor.revents != 0 {
        let size = read(descriptor.fd, &buffer, buffer.count)
        guard size > 0 else {
          if index == 1, case .swallow = judge([], false) {
            heard = -1
            continue
          }
          return
        }
        let target = index == 0 ? upstream : client
        switch judge(Array(buffer[..<size]), index == 0) {
        case .pass: if !write(buffer[..<size], to: target) { return }
        case .swallow: break
        case .cut(let limit):
          _ = write(buffer[..<limit], to: target)
          return
        }
      }
    }
  }

  private func judge(_ piece: [UInt8], isToServer: Bool) -> Judgement {
    count.withLock { count in
      if count.isSilent { return .swallow }
      let before = isToServer ? count.toServer : count.fromServer
      if isToServer { count.toServer += piece.count } else { count.fromServer += piece.count }
      let commits = isToServer ? Self.commits(in: piece) : 0
      count.commits += commits
      if case .silentAfterCommit(let number) = count.fault, commits > 0, count.commits >= number {
        count.isSilent = true
        count.cuts += 1
        return .pass
      }
      guard count.cuts == 0,
        let limit = Self.limit(count.fault, piece, isToServer, before, commits, count.commits)
      else { return .pass }
      count.cuts += 1
      return .cut(after: limit)
    }
  }

  private static func limit(
    _ fault: Fault?, _ piece: [UInt8], _ isToServer: Bool, _ before: Int, _ commits: Int, _ seen: Int
  ) -> Int? {
    switch fault {
    case .cutToServer(let bytes) where isToServer && bytes < before + piece.count: max(0, bytes - before)
    case .cutFromServer(let bytes) where !isToServer && bytes < before + piece.count: max(0, bytes - before)
    case .cutBeforeCommit(let number) where commits > 0 && seen >= number: 0
    case .cutAfterCommit(let number) where commits > 0 && seen >= number: piece.count
    default: nil
    }
  }

  /// How often a piece asks for a COMMIT and nothing else.
  private static func commits(in piece: [UInt8]) -> Int {
    let wanted = Array("\u{0}COMMIT\u{0}".utf8)
    guard piece.count >= wanted.count else { return 0 }
    return (0...(piece.count - wanted.count)).count {
      piece[$0] == 0 && piece[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
