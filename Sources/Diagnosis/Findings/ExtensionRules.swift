import Migrations
import Schema

/// The extensions that the project's migrations install, held against what the server has.
struct ExtensionRules {
  let facts: ConnectionFacts
  let reading: ServerReading

  var findings: [ConnectionFinding] {
    guard let project = facts.project else { return [] }
    var snapshot = Snapshot(
      serverVersion: reading.session.versionNumber,
      objects: reading.extensions.filter { $0.value.installedVersion != nil }
        .map { SchemaObject(identity: ObjectIdentity(.extension, name: $0.key)) })
    snapshot.availableExtensions = reading.extensions
    let unavailable = UnavailableExtension.among(project.extensions, on: snapshot)
    var findings = unavailable.map {
      ConnectionFinding(.extensionUnavailable, .failure, $0.message, advice: $0.advice)
    }
    let missing = Set(unavailable.map(\.need.name))
    for name in Set(project.extensions.map(\.name)).sorted() where !missing.contains(name) {
      guard let files = reading.extensions[name] else { continue }
      let who = project.extensions.filter { $0.name == name }.map { "`\($0.migration)`" }
      if let version = files.installedVersion {
        findings.append(
          ConnectionFinding(
            .extensionReady, .pass,
            "extension `\(name)` \(version) is installed in schema `\(files.schema ?? "")`, for \(who.joined(separator: ", "))"
          ))
      } else if files.needsSuperuser, !reading.session.rights.contains(.superuser), !isManaged {
        findings.append(
          ConnectionFinding(
            .extensionNeedsSuperuser, .warning,
            "extension `\(name)`, which \(who.joined(separator: ", ")) installs, can be installed by a superuser only, and `\(reading.session.role)` is none",
            advice: "let a superuser install it first: CREATE EXTENSION \(Identifier.quoted(name))"))
      } else {
        findings.append(
          ConnectionFinding(
            .extensionReady, .pass,
            "extension `\(name)` is available\(files.defaultVersion.map { " (\($0))" } ?? ""), for \(who.joined(separator: ", "))"
          ))
      }
    }
    return findings
  }

  /// Whether the host lets roles that are no superusers install what it lists, as Supabase does.
  private var isManaged: Bool { reading.session.platformRoles.contains("supabase_admin") }
}
