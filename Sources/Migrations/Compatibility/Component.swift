/// A part of the system that the database serves, and which migrations it needs to work.
public struct Component: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The migrations without which it fails.
  public var needs: [MigrationID]
  /// The migrations without which it works only in part.
  public var wants: [MigrationID]
  /// What the project says of single stages, by their names, whatever follows from the migrations.
  public var stated: [String: ComponentSupport]
  /// How a person tests that it works.
  public var test: String?

  /// Makes a component from its parts.
  public init(
    name: String, needs: [MigrationID] = [], wants: [MigrationID] = [],
    stated: [String: ComponentSupport] = [:], test: String? = nil
  ) {
    self.name = name
    self.needs = needs
    self.wants = wants
    self.stated = stated
    self.test = test
  }
}

/// How well a component works.
public enum ComponentSupport: String, Sendable, Hashable, Codable, CaseIterable {
  case full
  case partial
  case none
}

/// A point in the order of migrations at which people ask what works.
public struct CompatibilityStage: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The last migration that is in.
  public var through: MigrationID

  /// Makes a stage from its parts.
  public init(name: String, through: MigrationID) {
    self.name = name
    self.through = through
  }
}
