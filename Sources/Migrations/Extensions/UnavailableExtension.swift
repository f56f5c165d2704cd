import Schema

/// An extension that a migration installs and a server cannot give.
public struct UnavailableExtension: Sendable, Hashable {
  /// Why the server cannot give it.
  public enum Reason: Sendable, Hashable {
    /// It has no files of it.
    case missing
    /// It has other versions, these.
    case otherVersions([String])
    /// It has no files of an extension that this one needs.
    case missingRequirement(String)
  }

  /// What needs it.
  public var need: ExtensionNeed
  /// Why the server cannot give it.
  public var reason: Reason
  /// The server's major version, such as 17.
  public var serverMajor: Int

  /// What is wrong, in a sentence.
  public var message: String {
    let what = "extension `\(need.name)`"
    switch reason {
    case .missing:
      return "\(what) is not available on this server, and `\(need.migration)` installs it"
    case .otherVersions(let versions):
      return
        "\(what) is not available on this server in version \(need.version ?? "?"), which `\(need.migration)` names: it has \(versions.joined(separator: ", "))"
    case .missingRequirement(let name):
      return
        "\(what), which `\(need.migration)` installs, needs `\(name)`, which is not available on this server"
    }
  }

  /// What to do about it.
  public var advice: String {
    switch reason {
    case .missing: ExtensionSource.advice(for: need.name, serverMajor: serverMajor)
    case .missingRequirement(let name): ExtensionSource.advice(for: name, serverMajor: serverMajor)
    case .otherVersions: "name one of these, or leave VERSION out"
    }
  }

  /// The same for a plan that it keeps from running.
  public var problem: ProjectProblem {
    ProjectProblem(
      code: "extension-unavailable", message: message, location: need.location, advice: advice)
  }

  /// Those of some needs that a server cannot meet; none where nobody asked the server what it has.
  ///
  /// What is installed already is met: the statement leaves it alone, or fails for another reason.
  public static func among(_ needs: some Sequence<ExtensionNeed>, on snapshot: Snapshot) -> [Self] {
    guard let available = snapshot.availableExtensions else { return [] }
    return needs.compactMap { need in
      guard !need.isOptional, !snapshot.contains(ObjectIdentity(.extension, name: need.name)) else {
        return nil
      }
      guard let reason = reason(need, available) else { return nil }
      return Self(need: need, reason: reason, serverMajor: snapshot.serverVersion / 10_000)
    }
  }

  private static func reason(_ need: ExtensionNeed, _ available: [String: AvailableExtension]) -> Reason? {
    guard let files = available[need.name] else { return .missing }
    if let version = need.version, !files.versions.isEmpty, !files.versions.contains(version) {
      return .otherVersions(files.versions.sorted())
    }
    return files.requires.first { available[$0] == nil }.map { .missingRequirement($0) }
  }
}

extension Project {
  /// The extensions that migrations which are still to run install, and that the server cannot give.
  public func unavailableExtensions(
    on snapshot: Snapshot, statuses: [MigrationStatus]
  ) -> [UnavailableExtension] {
    let open = Set(
      statuses.filter { [.pending, .partial, .failed, .interrupted].contains($0.state) }.map(\.id))
    guard !open.isEmpty else { return [] }
    return UnavailableExtension.among(
      runnableMigrations.filter { open.contains($0.id) }.flatMap(\.extensionNeeds), on: snapshot)
  }
}
