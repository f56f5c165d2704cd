/// A directory of migrations, read and understood.
public struct Project: Sendable, Hashable {
  /// Its name: as the project file says, else that of the directory.
  public var name: String
  /// The path of its root directory.
  public var root: String
  /// The layout that its files follow.
  public var layout: Layout
  /// What the host gives before the first migration.
  public var platform: Platform
  /// The migrations, in order (docs: numeric value of the version, then the rest bytewise).
  public var migrations: [Migration]
  /// The phases, in order; every migration that can run is in exactly one.
  public var phases: [Phase]
  /// What should hold in the database, as the project file declares it.
  public var expectations: [Expectation]
  /// The databases that the project file names.
  public var targets: [TargetDeclaration]
  /// The schemas in which sessions look up unqualified names, where the project file says so.
  public var searchPath: [String]?
  /// The SQL files that make a private database what it is before the project is opened there, in order, relative to the
  /// root; they are no migrations, and no target ever gets them.
  public var seeds: [String] = []
  /// What is odd but no reason to stop.
  public var warnings: [ProjectProblem]
  /// What screens and documents call it; the name if nil.
  public var title: String?
  /// What it asks of the linter.
  public var lint: LintOptions
  /// What it says about findings on access.
  public var findings: FindingOptions
  /// What it is, in a sentence or more.
  public var summary: String?
  /// The points at which people ask what works; the phases if empty.
  public var stages: [CompatibilityStage]
  /// The parts of the system that the database serves.
  public var components: [Component]

  /// Makes a project from its parts.
  public init(
    name: String, root: String, layout: Layout = .flat, platform: Platform = .none,
    migrations: [Migration] = [],
    phases: [Phase] = [], expectations: [Expectation] = [], targets: [TargetDeclaration] = [],
    warnings: [ProjectProblem] = [], title: String? = nil, summary: String? = nil,
    lint: LintOptions = LintOptions(), findings: FindingOptions = FindingOptions(),
    stages: [CompatibilityStage] = [], components: [Component] = [], searchPath: [String]? = nil
  ) {
    self.searchPath = searchPath
    self.name = name
    self.root = root
    self.layout = layout
    self.platform = platform
    self.migrations = migrations
    self.phases = phases
    self.expectations = expectations
    self.targets = targets
    self.warnings = warnings
    self.title = title
    self.lint = lint
    self.findings = findings
    self.summary = summary
    self.stages = stages
    self.components = components
  }

  /// The migration of that name, if there is one.
  public func migration(_ id: MigrationID) -> Migration? { migrations.first { $0.id == id } }

  /// The migrations that can run, in order: neither skipped nor archived.
  public var runnableMigrations: [Migration] { migrations.filter(\.isRunnable) }

  /// The phase that a migration is in, if it is in one.
  public func phase(of id: MigrationID) -> Phase? { phases.first { $0.migrations.contains(id) } }
}

/// A named group of migrations, in order.
public struct Phase: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// What it is for.
  public var purpose: String?
  /// Its migrations, in order.
  public var migrations: [MigrationID]
  /// Those that people should know first, as the project file names them.
  public var key: [MigrationID]

  /// Makes a phase from its parts.
  public init(
    name: String, purpose: String? = nil, migrations: [MigrationID] = [], key: [MigrationID] = []
  ) {
    self.name = name
    self.purpose = purpose
    self.migrations = migrations
    self.key = key
  }
}

/// What the host gives before the first migration.
public enum Platform: String, Sendable, Hashable, Codable {
  /// A plain PostgreSQL.
  case none
  /// Supabase: its roles, `auth`, `storage`, `extensions`, the realtime publication.
  case supabase

  /// The schemas in which its sessions look up unqualified names.
  public var searchPath: [String] {
    switch self {
    case .none: ["public"]
    case .supabase: ["public", "extensions"]
    }
  }
}

/// The ways in which projects lay out their files (DESIGN: files, order, states).
public enum Layout: String, Sendable, Hashable, Codable, CaseIterable {
  /// Files that begin with a version, in one directory.
  case flat
  /// `supabase/migrations/`.
  case supabase
  /// One `PATCH.sql`, with `ROLLBACK.sql` beside it.
  case patch
  /// `migrations/NAME/migration.sql`.
  case prisma
  /// Both directions in one file, under `-- migrate:up` and `-- migrate:down`.
  case dbmate
  /// Both directions in one file, under `-- +goose Up` and `-- +goose Down`.
  case goose
  /// `NAME.up.sql` with `NAME.down.sql`; sqlx writes the same.
  case golangMigrate = "golang-migrate"
  /// `V1__name.sql`, `U1__name.sql`, `R__name.sql`.
  case flyway
  /// `sqitch.plan` with `deploy/`, `revert/` and `verify/`.
  case sqitch
  /// `migrations/NAME/up.sql` with `down.sql`.
  case diesel
  /// `NNNN_name.sql` with `meta/_journal.json`.
  case drizzle
  /// Both directions in one file, under `-- +migrate Up` and `-- +migrate Down`.
  case sqlMigrate = "sql-migrate"
  /// Both directions in one file, under `-- Up Migration` and `-- Down Migration`.
  case nodePgMigrate = "node-pg-migrate"
  /// Both directions in one file, under `# --- !Ups` and `# --- !Downs`.
  case play
  /// Both directions in one file, parted by `---- create above / drop below ----`.
  case tern
  /// Both directions in one file, under the marks of another tool.
  case marked
  /// Folders named by a version, each with several files.
  case versionFolders = "version-folders"
  /// Scripts from one version to the next (`pkg--1.0--1.1.sql`).
  case upgradeChain = "upgrade-chain"
}

/// A database that the project file names.
public struct TargetDeclaration: Sendable, Hashable {
  /// Its name in the project.
  public var name: String
  /// A connection URL or `key=value` string; `$NAME` stands for an environment variable.
  public var url: String
  /// What the header calls it; the name if nil.
  public var label: String?
  /// Whether it needs its name typed out before anything runs.
  public var isProtected: Bool
  /// The colour that its name has on the screen, one of ``colours``; nil for that of text.
  public var colour: String?

  /// The colours that a target can have.
  public static let colours = ["red", "yellow", "green", "cyan", "blue", "magenta"]

  /// Makes a declaration from its parts.
  public init(
    name: String, url: String, label: String? = nil, isProtected: Bool = false, colour: String? = nil
  ) {
    self.name = name
    self.url = url
    self.label = label
    self.isProtected = isProtected
    self.colour = colour
  }
}
