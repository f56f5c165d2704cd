import Migrations
import Postgres

/// How the console finds its target, again after each change of the project file.
struct TargetChoice: Sendable {
  /// Resolves a target by its name, or with nil the one that the command line means, among those that the project file
  /// declares.
  let resolve: @Sendable (String?, [TargetDeclaration]) throws -> Target
}

extension TargetChoice {
  /// The same choice, whose passwords are kept out of recordings.
  func keepingSecrets(in secrets: KnownSecrets) -> TargetChoice {
    TargetChoice { name, declarations in
      let target = try resolve(name, declarations)
      for secret in target.configuration.secrets { secrets.add(secret) }
      return target
    }
  }
}
