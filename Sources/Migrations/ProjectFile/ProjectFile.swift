import Script
import TOML

/// What a project file declares, before it is held against the files.
struct ProjectFile: Sendable {
  /// The name of the file in a project's root.
  static let name = "signalbox.toml"

  var name: String?
  var title: String?
  var summary: String?
  /// Nil if it says nothing.
  var platform: Platform?
  /// The schemas in which sessions look up unqualified names, if it says so.
  var searchPath: [String]?
  /// The encoding of the files, where it is not UTF-8.
  var encoding: FileEncoding?
  /// The directories of migrations, in order; empty if they are to be found.
  var directories: [TOMLText] = []
  /// The files that make a private database what it is before the project is opened there, in order.
  var seeds: [TOMLText] = []
  var phases: [PhaseDeclaration] = []
  var migrations: [MigrationDeclaration] = []
  var expectations: [ExpectationDeclaration] = []
  var targets: [TargetDeclaration] = []
  var lint = LintOptions()
  var stages: [StageDeclaration] = []
  var components: [ComponentDeclaration] = []
  var findings = FindingOptions()
}

/// One `[[phase]]`.
struct PhaseDeclaration: Sendable {
  var name: String
  var purpose: String?
  var range: RangeDeclaration?
  var members: [TOMLText]
  var key: [TOMLText]
  var position: TOMLPosition
}

/// The `range` of a phase.
struct RangeDeclaration: Sendable {
  var text: String
  var lower: MigrationVersion
  var upper: MigrationVersion
  var position: TOMLPosition
}

/// One `[migration.ID]`.
struct MigrationDeclaration: Sendable {
  var key: TOMLKey
  var requires: [TOMLText] = []
  var covers: [TOMLText] = []
  var notes = MigrationNotes()
  var forbidsTransaction = false
  var revert: TOMLText?
  var encoding: FileEncoding?
}

/// One `[[expect]]`, which may claim several things.
struct ExpectationDeclaration: Sendable {
  var migration: TOMLText?
  var claims: [(claim: Expectation.Claim, position: TOMLPosition)]
}
