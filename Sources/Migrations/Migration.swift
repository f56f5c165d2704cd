import Script

/// One SQL file of a project, read and understood.
public struct Migration: Sendable, Hashable, Identifiable {
  /// Its name: the file name without `.sql`.
  public var id: MigrationID
  /// The leading version of the name (`070`, `20260205`), as text; empty if it has none.
  public var version: String
  /// The name without the version and the separator behind it.
  public var name: String
  /// The file's path, relative to the project's root.
  public var file: String
  /// Where the file stands, the first witness of its state.
  public var place: Place
  /// SHA-256 of the file's bytes, line ends folded to LF and the BOM removed, in lower-case hex.
  public var checksum: String
  /// What the file says.
  public var script: ParsedScript
  /// The requirements that the project file or the file itself declares.
  public var declaredRequirements: [DeclaredRequirement]
  /// What the project file says about it.
  public var notes: MigrationNotes
  /// Whether the file or the project file forbids a transaction around it.
  public var forbidsTransaction: Bool
  /// The script that reverts it, relative to the project's root, if there is one.
  public var revertFile: String?
  /// What the script that reverts it says, if there is one.
  public var revertScript: ParsedScript?
  /// The version under which its tool records it, where that is not the version of its name.
  public var recordedVersion: String?
  /// The migrations that it makes needless in an empty database; a migration that covers any is a *baseline*.
  public var covers: [MigrationID]
  /// What other tools compute of its file; nil if the file could not be read.
  public var digests: FileDigests?
  /// The encoding of its file, where that is not UTF-8; what ``script`` says of bytes is meant of the converted text.
  public var encoding: FileEncoding?
  /// What stands for the placeholders in its file; what ``script`` says is meant of the text with them filled in.
  public var placeholders = PlaceholderValues()

  /// Makes a migration from its parts.
  public init(
    id: MigrationID, version: String, name: String, file: String, place: Place = .active,
    checksum: String = "",
    script: ParsedScript = ParsedScript(), declaredRequirements: [DeclaredRequirement] = [],
    notes: MigrationNotes = MigrationNotes(), forbidsTransaction: Bool = false, revertFile: String? = nil,
    revertScript: ParsedScript? = nil, recordedVersion: String? = nil, covers: [MigrationID] = [],
    digests: FileDigests? = nil, encoding: FileEncoding? = nil
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.file = file
    self.place = place
    self.checksum = checksum
    self.script = script
    self.declaredRequirements = declaredRequirements
    self.notes = notes
    self.forbidsTransaction = forbidsTransaction
    self.revertFile = revertFile
    self.revertScript = revertScript
    self.recordedVersion = recordedVersion
    self.covers = covers
    self.digests = digests
    self.encoding = encoding
  }

  /// Whether it builds an empty database in place of the migrations that it covers.
  public var isBaseline: Bool { !covers.isEmpty }

  /// Whether it can run: it is neither skipped nor archived.
  public var isRunnable: Bool { place.isRunnable }

  /// Where a file stands in its project.
  public enum Place: String, Sendable, Hashable, Codable {
    /// Among the migrations to run.
    case active
    /// In a folder of applied migrations (`_applied/`).
    case applied
    /// In a folder of skipped migrations (`_skipped/`), or skipped by the project file.
    case skipped
    /// In an archive: shown, never run.
    case archived

    /// Whether what stands there can run.
    public var isRunnable: Bool { self == .active || self == .applied }
  }
}

/// A requirement as somebody wrote it down.
public struct DeclaredRequirement: Sendable, Hashable {
  /// The migration that is required.
  public var id: MigrationID
  /// Where it is written.
  public var location: FileLocation

  /// Makes a requirement from its parts.
  public init(id: MigrationID, location: FileLocation) {
    self.id = id
    self.location = location
  }
}

/// What a project file says about a migration, for people.
public struct MigrationNotes: Sendable, Hashable {
  /// What it is for.
  public var purpose: String?
  /// How urgent it is (`high`).
  public var priority: String?
  /// What happens without it.
  public var impact: String?
  /// Why it is skipped.
  public var skipReason: String?

  /// Makes notes from their parts.
  public init(
    purpose: String? = nil, priority: String? = nil, impact: String? = nil, skipReason: String? = nil
  ) {
    self.purpose = purpose
    self.priority = priority
    self.impact = impact
    self.skipReason = skipReason
  }
}

/// A place in a file of the project.
public struct FileLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file's path, relative to the project's root, or as the operator gave it.
  public var file: String
  /// The place in it; nil for the file as a whole.
  public var position: SourcePosition?

  /// Makes a location from its parts.
  public init(file: String, position: SourcePosition? = nil) {
    self.file = file
    self.position = position
  }

  /// `file:line:column`, or `file`.
  public var description: String { position.map { "\(file):\($0)" } ?? file }
}
