import Glibc

/// The operating system's account that the server runs under, and the words that put a command there.
///
/// PostgreSQL refuses to run as root, so root's server runs as `postgres`, or as `nobody` where there is no such account.
struct ServerAccount: Sendable, Hashable {
  /// The account's name and numbers, or nil if the server runs as ourselves.
  var other: Other?

  /// An account that is not ours.
  struct Other: Sendable, Hashable {
    var name: String
    var user: uid_t
    var group: gid_t
    /// The command before the command: `setpriv` or `runuser`, with its options.
    var prefix: [String]
  }

  /// What comes before a command so that it runs under this account.
  var prefix: [String] { other?.prefix ?? [] }

  /// The account for a server that this process starts.
  static func choose() throws(SandboxError) -> ServerAccount {
    guard geteuid() == 0 else { return ServerAccount(other: nil) }
    for name in ["postgres", "nobody"] {
      guard let (user, group) = lookUp(name), user != 0 else { continue }
      guard let prefix = prefix(name: name, user: user, group: group) else {
        throw SandboxError(
          .noUnprivilegedAccount,
          "PostgreSQL does not run as root, and neither setpriv nor runuser is here to run it as \(name)",
          advice: "Install them with: apt-get install util-linux, or start Signalbox as an ordinary user.")
      }
      return ServerAccount(other: Other(name: name, user: user, group: group, prefix: prefix))
    }
    throw SandboxError(
      .noUnprivilegedAccount,
      "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody",
      advice: "Start Signalbox as an ordinary user.")
  }

  private static func lookUp(_ name: String) -> (uid_t, gid_t)? {
    var record = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16384)
    guard getpwnam_r(name, &record, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return (record.pw_uid, record.pw_gid)
  }

  // setpriv first: it executes the command in its own place, while runuser goes through PAM and stays as the parent.
  private static func prefix(name: String, user: uid_t, group: gid_t) -> [String]? {
    let directories = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]
    if let path = directories.map({ "\($0)/setpriv" }).first(where: Files.isExecutable) {
      return [path, "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
    }
    if let path = directories.map({ "\($0)/runuser" }).first(where: Files.isExecutable) {
      return [path, "-u", name, "--"]
    }
    return nil
  }
}
