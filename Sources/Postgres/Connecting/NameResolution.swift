import Glibc

/// Host names to addresses, by the system's resolver.
enum NameResolution {
  /// The numeric addresses of a host in the resolver's order; blocks, so it needs a plain thread.
  static func addresses(of host: String, port: String) -> Result<[String], Failure> {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, port, &hints, &list)
    guard status == 0 else {
      return .failure(
        Failure(
          message: status == EAI_SYSTEM ? systemMessage(errno) : String(cString: gai_strerror(status)),
          isTemporary: status == EAI_AGAIN || status == EAI_SYSTEM))
    }
    defer { freeaddrinfo(list) }
    var addresses: [String] = []
    var entry = list
    while let current = entry {
      var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let status = getnameinfo(
        current.pointee.ai_addr, current.pointee.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0,
        NI_NUMERICHOST)
      if status == 0 {
        let address = buffer.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        if !addresses.contains(address) { addresses.append(address) }
      }
      entry = current.pointee.ai_next
    }
    return .success(addresses)
  }

  struct Failure: Error, Sendable {
    let message: String
    /// Whether no name server has answered, rather than that there is no such name.
    let isTemporary: Bool
  }
}
