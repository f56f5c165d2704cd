import Glibc
import Threads

/// What the system's resolver says of a host, and whether this machine knows a way there.
public struct HostLookup: Sendable, Hashable {
  /// The host's name, or its address.
  public var host: String
  /// Its IPv4 addresses, in the resolver's order.
  public var ipv4: [String]
  /// Its IPv6 addresses, in the resolver's order.
  public var ipv6: [String]
  /// Why it has none.
  public var failure: Failure?
  /// Whether this machine knows a way to its IPv4 addresses.
  public var hasIPv4Route: Bool
  /// Whether this machine knows a way to its IPv6 addresses.
  public var hasIPv6Route: Bool

  /// Why a name does not resolve.
  public struct Failure: Sendable, Hashable {
    /// The resolver's words.
    public var message: String
    /// Whether another attempt may succeed: no name server has answered.
    public var isTemporary: Bool
  }

  /// Looks a host up; nothing is sent to the host itself.
  ///
  /// - Parameter timeout: how long to wait for the resolver, in seconds.
  /// - Throws: ``PostgresError`` with code `cancelled` or `connectionFailed` (no thread to be had).
  public static func look(up host: String, timeout: Double) async throws -> HostLookup {
    let interruption = WaitInterruption()
    let outcome = await withTaskCancellationHandler {
      await PlainThread.run(deadline: .now + .seconds(timeout), interruption: interruption) {
        HostLookup(host: host, resolved: NameResolution.addresses(of: host, port: "5432"))
      }
    } onCancel: {
      interruption.raise()
    }
    switch outcome {
    case .value(let lookup): return lookup
    case .timedOut:
      return HostLookup(
        host: host, ipv4: [], ipv6: [],
        failure: Failure(message: "no answer in time", isTemporary: true), hasIPv4Route: false,
        hasIPv6Route: false)
    case .interrupted: throw PostgresError(.cancelled, "looking up a name was cancelled")
    case .failed(let error): throw PostgresError(.connectionFailed, systemMessage(error))
    }
  }

  private init(
    host: String, ipv4: [String], ipv6: [String], failure: Failure?, hasIPv4Route: Bool, hasIPv6Route: Bool
  ) {
    self.host = host
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.failure = failure
    self.hasIPv4Route = hasIPv4Route
    self.hasIPv6Route = hasIPv6Route
  }

  private init(host: String, resolved: Result<[String], NameResolution.Failure>) {
    switch resolved {
    case .failure(let failure):
      self.init(
        host: host, ipv4: [], ipv6: [],
        failure: Failure(message: failure.message, isTemporary: failure.isTemporary), hasIPv4Route: false,
        hasIPv6Route: false)
    case .success(let addresses):
      let ipv6 = addresses.filter { $0.contains(":") }
      let ipv4 = addresses.filter { !$0.contains(":") }
      self.init(
        host: host, ipv4: ipv4, ipv6: ipv6, failure: nil, hasIPv4Route: ipv4.contains(where: Self.hasRoute),
        hasIPv6Route: ipv6.contains(where: Self.hasRoute))
    }
  }

  /// Whether the routing table leads to an address: a datagram socket is connected without sending anything.
  private static func hasRoute(to address: String) -> Bool {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, "5432", &hints, &list) == 0, let entry = list else { return false }
    defer { freeaddrinfo(list) }
    let descriptor = socket(entry.pointee.ai_family, entry.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return connect(descriptor, entry.pointee.ai_addr, entry.pointee.ai_addrlen) == 0
  }
}
