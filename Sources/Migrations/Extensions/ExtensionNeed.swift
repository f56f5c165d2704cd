import Schema
import Script

/// A statement that installs an extension, for which the server must have the extension's files.
public struct ExtensionNeed: Sendable, Hashable {
  /// The extension.
  public var name: String
  /// The version that the statement names, if it names one.
  public var version: String?
  /// The migration.
  public var migration: MigrationID
  /// Where the statement is.
  public var location: FileLocation
  /// Whether the migration can do without: the statement runs under a condition, or its failure is caught.
  public var isOptional: Bool

  /// Makes a need from its parts.
  public init(
    name: String, version: String? = nil, migration: MigrationID, location: FileLocation,
    isOptional: Bool = false
  ) {
    self.name = name
    self.version = version
    self.migration = migration
    self.location = location
    self.isOptional = isOptional
  }
}

extension Migration {
  /// The extensions that it installs, in the order of its statements.
  public var extensionNeeds: [ExtensionNeed] {
    script.statements.flatMap { statement in
      statement.effects.compactMap { effect in
        guard effect.action == .creates, effect.object.kind == .extension else { return nil }
        let isOptional: Bool
        switch effect.condition {
        case .always, .ifNotExists, .orReplace: isOptional = false
        case .ifExists, .guarded: isOptional = true
        }
        return ExtensionNeed(
          name: effect.object.name, version: Self.version(in: effect.definition), migration: id,
          location: FileLocation(file: file, position: statement.position), isOptional: isOptional)
      }
    }
  }

  /// The version of a definition such as `SCHEMA extensions VERSION '1.1'`.
  private static func version(in definition: String?) -> String? {
    guard let quoted = definition?.split(separator: "VERSION '").last, quoted.last == "'" else { return nil }
    return String(quoted.dropLast())
  }
}
