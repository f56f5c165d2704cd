/// How a private cluster is set up.
public struct ClusterOptions: Sendable, Hashable {
  /// Whether commits survive a crash of the machine; a cluster that is thrown away anyway is faster without.
  public var isDurable = false
  /// The greatest number of connections.
  public var maximumConnections = 50
  /// Further settings for `postgresql.conf`, by name; values are quoted for you.
  public var settings: [String: String] = [:]
  /// The directory to make the cluster's own directory in; nil chooses one where the socket's path is short enough.
  public var parentDirectory: String?

  /// Settings for a cluster that lives as long as its owner.
  public init() {}

  /// The text that is added to `postgresql.conf`.
  ///
  /// No TCP at all: the socket in a directory that only its owner may enter is what makes `trust` safe.
  func configuration(socketDirectory: String) -> String {
    var all = [
      "listen_addresses": "",
      "unix_socket_directories": socketDirectory,
      "unix_socket_permissions": "0700",
      "port": String(Cluster.port),
      "max_connections": String(maximumConnections),
      // As on a hosted platform; with less, every CREATE PUBLICATION warns.
      "wal_level": "logical",
      "cluster_name": "signalbox sandbox",
    ]
    if !isDurable {
      for name in ["fsync", "synchronous_commit", "full_page_writes"] { all[name] = "off" }
    }
    all.merge(settings) { _, given in given }
    return all.sorted { $0.key < $1.key }.map { "\($0.key) = \(quoted($0.value))\n" }.joined()
  }

  private func quoted(_ value: String) -> String {
    var text = "'"
    for character in value {
      text += character == "'" ? "''" : character == "\\" ? "\\\\" : String(character)
    }
    return text + "'"
  }
}
