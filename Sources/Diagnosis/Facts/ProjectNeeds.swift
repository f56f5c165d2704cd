import Migrations

/// What the project needs of its database.
public struct ProjectNeeds: Sendable, Hashable {
  /// The project's name.
  public var name: String
  /// The platform that its migrations count on.
  public var platform: Platform
  /// The extensions that its migrations install.
  public var extensions: [ExtensionNeed]

  /// Takes what a project needs from its files.
  public init(_ project: Project) {
    name = project.name
    platform = project.platform
    extensions = project.runnableMigrations.flatMap(\.extensionNeeds)
  }

  /// Makes needs from their parts.
  public init(name: String, platform: Platform = .none, extensions: [ExtensionNeed] = []) {
    self.name = name
    self.platform = platform
    self.extensions = extensions
  }
}
