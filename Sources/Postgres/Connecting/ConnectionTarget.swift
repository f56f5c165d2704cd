/// One server of a configuration that may name several.
struct ConnectionTarget: Sendable, Hashable {
  var host: String
  /// Given with the configuration, so that nothing needs to be resolved.
  var address: String?
  var port: String

  /// Whether the host is the directory of a Unix socket; `@` begins a name in Linux's abstract namespace.
  var isSocketDirectory: Bool { address == nil && (host.hasPrefix("/") || host.hasPrefix("@")) }

  /// The servers that a configuration names, in order; the lists of hosts, addresses and ports must fit each other.
  ///
  /// The rules are those of "Specifying Multiple Hosts" in libpq's documentation.
  static func list(_ parameters: [String: String], socketDirectory: String) throws(PostgresError) -> [Self] {
    func elements(_ key: String) -> [String] {
      guard let value = parameters[key], !value.isEmpty else { return [] }
      return value.split(separator: ",", omittingEmptySubsequences: false).map { element in
        String(element.drop { $0 == " " })
      }
    }
    let (hosts, addresses, ports) = (elements("host"), elements("hostaddr"), elements("port"))
    let count = max(hosts.count, addresses.count, 1)
    if !hosts.isEmpty, !addresses.isEmpty, hosts.count != addresses.count {
      throw PostgresError(
        .configuration, "\(hosts.count) host names do not fit \(addresses.count) addresses (hostaddr)")
    }
    if ports.count > 1, ports.count != count {
      throw PostgresError(.configuration, "\(ports.count) ports do not fit \(count) hosts")
    }
    var targets: [Self] = []
    for index in 0..<count {
      let address = index < addresses.count && !addresses[index].isEmpty ? addresses[index] : nil
      var host = index < hosts.count ? hosts[index] : ""
      if host.isEmpty { host = address ?? socketDirectory }
      var port = ports.count > 1 ? ports[index] : ports.first ?? ""
      if port.isEmpty { port = "5432" }
      guard let number = Int(port), (1...65535).contains(number) else {
        throw PostgresError(.configuration, "invalid port number \"\(port)\": it must be between 1 and 65535")
      }
      targets.append(Self(host: host, address: address, port: port))
    }
    return targets
  }

  /// The kinds of session to look for, one pass over all addresses for each.
  ///
  /// `prefer-standby` is two passes: a standby first, then whatever there is. libpq makes the check itself, but sees one
  /// address at a time here.
  static func passes(_ targetSessionAttributes: String?) -> [String] {
    switch targetSessionAttributes {
    case "prefer-standby": ["standby", "any"]
    case let attributes?: [attributes]
    case nil: ["any"]
    }
  }
}
