/// What a host's name resolves to, and which ways lead there from this machine.
public struct HostFacts: Sendable, Hashable {
  /// The host's name, or its address.
  public var host: String
  /// Its IPv4 addresses.
  public var ipv4: [String]
  /// Its IPv6 addresses.
  public var ipv6: [String]
  /// Why the name does not resolve.
  public var failure: Failure?
  /// Whether this machine knows a way to the IPv4 addresses.
  public var hasIPv4Route: Bool
  /// Whether this machine knows a way to the IPv6 addresses.
  public var hasIPv6Route: Bool

  /// Why a name does not resolve.
  public enum Failure: Sendable, Hashable {
    /// No such name, or a name without an address; what the resolver says of it.
    case unknown(String)
    /// The resolver has no answer now: no name server was reached.
    case noAnswer(String)
  }

  /// Makes facts from their parts.
  public init(
    host: String, ipv4: [String] = [], ipv6: [String] = [], failure: Failure? = nil,
    hasIPv4Route: Bool = true,
    hasIPv6Route: Bool = true
  ) {
    self.host = host
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.failure = failure
    self.hasIPv4Route = hasIPv4Route
    self.hasIPv6Route = hasIPv6Route
  }
}
