import Script
import TOML

/// Puts a project together from its files and its project file, and finds what does not fit.
struct ProjectAssembly {
  private let file: ProjectFile
  private let context: ProjectFileProblems
  private let found: FoundFiles
  private var loaded: [MigrationFileLoader.Loaded]
  private(set) var errors: [ProjectProblem] = []
  private var warnings: [ProjectProblem]
  private var lookup = MigrationLookup([])

  init(
    file: ProjectFile, problems: ProjectFileProblems?, files: ProjectFiles
  ) {
    self.file = file
    context = problems ?? ProjectFileProblems(file: ProjectFile.name, text: SourceText([]))
    found = files.found
    loaded = files.loaded
    warnings = found.warnings
  }

  /// The project, to be used only if there are no errors.
  mutating func project(named name: String, root: String) -> Project {
    refuseDuplicates()
    if found.layout == .flat {
      for index in loaded.indices { loaded[index].migration.digests?.isOfFlatDirectory = true }
    }
    lookup = MigrationLookup(loaded.map(\.migration.id))
    for index in loaded.indices
    where !loaded[index].requiredNames.isEmpty || !loaded[index].dependencyNames.isEmpty {
      addRequirementsOfComments(at: index)
    }
    for declaration in file.migrations { apply(declaration) }
    for index in loaded.indices {
      errors += loaded[index].errors
      warnings += loaded[index].warnings
    }
    let migrations = loaded.map(\.migration)
    refuseCycles(among: migrations)
    return Project(
      name: file.name ?? name, root: root, layout: found.layout, platform: platform(of: migrations),
      migrations: migrations,
      phases: phases(of: migrations), expectations: expectations(), targets: file.targets, warnings: warnings,
      title: file.title, summary: file.summary, lint: file.lint, findings: file.findings, stages: stages(),
      components: components(), searchPath: file.searchPath)
  }

  /// A project of the Supabase CLI runs on Supabase, whether or not a project file says so; so does one that uses what
  /// only Supabase gives.
  private func platform(of migrations: [Migration]) -> Platform {
    if let declared = file.platform, declared != .none || found.layout != .supabase { return declared }
    return found.platform == .supabase || PlatformSigns.areSupabase(migrations)
      ? .supabase : .none
  }

  /// Two files that can run must not have one id; of a file and its archived copy, the file stands.
  private mutating func refuseDuplicates() {
    guard Set(loaded.map(\.migration.id)).count < loaded.count else { return }
    var kept: [MigrationFileLoader.Loaded] = []
    var indices: [MigrationID: Int] = [:]
    for entry in loaded {
      guard let index = indices[entry.migration.id] else {
        indices[entry.migration.id] = kept.count
        kept.append(entry)
        continue
      }
      let first = kept[index].migration
      let bothRun = first.isRunnable && entry.migration.isRunnable
      let problem = ProjectProblem(
        code: "duplicate-id",
        message: "`\(first.id)` is the name of two files: \(first.file) and \(entry.migration.file)",
        location: FileLocation(file: entry.migration.file),
        advice: bothRun ? "rename or remove one of them" : "only one of them is shown")
      if bothRun {
        errors.append(problem)
      } else {
        warnings.append(problem)
        if !first.isRunnable, entry.migration.isRunnable { kept[index] = entry }
      }
    }
    loaded = kept
  }

  private mutating func addRequirementsOfComments(at index: Int) {
    for dependency in loaded[index].dependencyNames {
      guard let id = lookup.one(dependency.name), id != loaded[index].migration.id else {
        continue
      }
      loaded[index].migration.declaredRequirements.append(
        DeclaredRequirement(
          id: id, location: FileLocation(file: loaded[index].migration.file, position: dependency.position)))
    }
    for required in loaded[index].requiredNames {
      let location = FileLocation(file: loaded[index].migration.file, position: required.position)
      switch lookup.find(required.name) {
      case .one(let id):
        loaded[index].migration.declaredRequirements.append(DeclaredRequirement(id: id, location: location))
      case .several(let ids):
        loaded[index].errors.append(
          ProjectProblem(
            code: "ambiguous-migration", message: "`\(required.name)` names several migrations",
            location: location,
            line: loaded[index].text.line(required.position.line), advice: Self.choice(ids)))
      case .none(let nearest):
        let problem = ProjectProblem(
          code: "unknown-requirement", message: "the required migration `\(required.name)` does not exist",
          location: location, line: loaded[index].text.line(required.position.line),
          advice: nearest.map { "did you mean `\($0)`?" })
        // A comment for people may begin with the same word; a version is meant for the runner.
        if MigrationName(required.name).version.isEmpty, nearest == nil {
          loaded[index].warnings.append(problem)
        } else {
          loaded[index].errors.append(problem)
        }
      }
    }
  }

  private mutating func apply(_ declaration: MigrationDeclaration) {
    guard
      let id = resolve(
        TOMLText(text: declaration.key.name, position: declaration.key.position), code: "unknown-migration",
        missing: "there is no file for the migration"),
      let index = loaded.firstIndex(where: { $0.migration.id == id })
    else { return }
    for required in declaration.requires {
      if let needed = resolve(
        required, code: "unknown-requirement", missing: "there is no migration to require named")
      {
        loaded[index].migration.declaredRequirements.append(
          DeclaredRequirement(id: needed, location: context.location(required.position)))
      }
    }
    let reasonToLeaveOut = loaded[index].migration.notes.skipReason
    loaded[index].migration.notes = declaration.notes
    loaded[index].migration.notes.skipReason = declaration.notes.skipReason ?? reasonToLeaveOut
    if declaration.forbidsTransaction { loaded[index].migration.forbidsTransaction = true }
    if declaration.notes.skipReason != nil, loaded[index].migration.isRunnable {
      loaded[index].migration.place = .skipped
      loaded[index].warnings += loaded[index].errors
      loaded[index].errors = []
    }
  }

  private mutating func refuseCycles(among migrations: [Migration]) {
    guard migrations.indices.contains(where: { !migrations[$0].declaredRequirements.isEmpty }) else { return }
    for migration in migrations {
      for declared in migration.declaredRequirements where declared.id == migration.id {
        errors.append(
          ProjectProblem(
            code: "requirement-cycle", message: "`\(migration.id)` requires itself",
            location: declared.location,
            line: line(at: declared.location), advice: "remove the requirement"))
      }
    }
    // What is inferred points to earlier migrations: only what somebody has declared can close a cycle.
    let places = Dictionary(
      migrations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let pointsAhead = migrations.enumerated().contains { place, migration in
      migration.declaredRequirements.contains { places[$0.id] ?? -1 > place }
    }
    guard pointsAhead else { return }
    for cycle in RequirementGraph(migrations).cycles {
      let path = cycle.map(\.rawValue).joined(separator: " → ")
      let members = Set(cycle)
      let declared = migrations.filter { members.contains($0.id) }.flatMap(\.declaredRequirements)
        .first { members.contains($0.id) }
      errors.append(
        ProjectProblem(
          code: "requirement-cycle", message: "these migrations require each other: \(path)",
          location: declared?.location, line: declared.flatMap { line(at: $0.location) },
          advice: "remove one of the requirements"))
    }
  }

  private mutating func expectations() -> [Expectation] {
    let beside = loaded.indices.flatMap { loaded[$0].expectations }
    return file.expectations.flatMap { declaration -> [Expectation] in
      var migration: MigrationID?
      if let name = declaration.migration {
        migration = resolve(name, code: "unknown-migration", missing: "there is no migration")
      }
      return declaration.claims.map {
        Expectation(migration: migration, claim: $0.claim, location: context.location($0.position))
      }
    } + beside
  }

  private mutating func phases(of migrations: [Migration]) -> [Phase] {
    var phases: [Phase] = []
    var owners: [MigrationID: String] = [:]
    for declaration in file.phases {
      var members = Set(
        migrations.map(\.id).filter { id in
          guard let range = declaration.range else { return false }
          return MigrationName(id.rawValue).version.lies(from: range.lower, to: range.upper)
        })
      if let range = declaration.range, members.isEmpty {
        errors.append(
          context.problem(
            "empty-phase",
            "no migration has a version in the range `\(range.text)` of the phase `\(declaration.name)`",
            at: range.position))
      }
      for name in declaration.members {
        if let id = resolve(name, code: "unknown-migration", missing: "there is no migration") {
          members.insert(id)
        }
      }
      let runnable = migrations.filter { $0.isRunnable && members.contains($0.id) }.map(\.id)
      for id in runnable {
        if let owner = owners[id] {
          errors.append(
            context.problem(
              "two-phases", "`\(id)` is in two phases, `\(owner)` and `\(declaration.name)`",
              at: declaration.position))
        }
        owners[id] = declaration.name
      }
      let key = declaration.key.compactMap {
        resolve($0, code: "unknown-migration", missing: "there is no migration")
      }
      phases.append(
        Phase(
          name: declaration.name, purpose: declaration.purpose, migrations: runnable,
          key: runnable.filter(key.contains)))
    }
    let rest = migrations.indices.filter { migrations[$0].isRunnable && owners[migrations[$0].id] == nil }
      .map { migrations[$0].id }
    if !rest.isEmpty {
      phases.append(Phase(name: file.phases.isEmpty ? "Migrations" : "Other", migrations: rest))
    }
    return phases
  }

  private mutating func stages() -> [CompatibilityStage] {
    file.stages.compactMap { stage in
      resolve(stage.through, code: "unknown-migration", missing: "there is no migration")
        .map { CompatibilityStage(name: stage.name, through: $0) }
    }
  }

  private mutating func components() -> [Component] {
    file.components.map { declaration in
      for stated in declaration.stated
      where !file.stages.contains(where: { $0.name == stated.stage.text })
        && !file.phases.contains(where: { $0.name == stated.stage.text })
      {
        errors.append(
          context.problem(
            "unknown-stage", "no stage and no phase is called `\(stated.stage.text)`",
            at: stated.stage.position))
      }
      func migrations(_ names: [TOMLText]) -> [MigrationID] {
        names.compactMap { resolve($0, code: "unknown-migration", missing: "there is no migration") }
      }
      return Component(
        name: declaration.name, needs: migrations(declaration.needs), wants: migrations(declaration.wants),
        stated: Dictionary(
          declaration.stated.map { ($0.stage.text, $0.support) }, uniquingKeysWith: { first, _ in first }),
        test: declaration.test)
    }
  }

  /// The migration that the project file names, or nil with the problem noted.
  private mutating func resolve(_ name: TOMLText, code: String, missing: String) -> MigrationID? {
    switch lookup.find(name.text) {
    case .one(let id):
      return id
    case .several(let ids):
      errors.append(
        context.problem(
          "ambiguous-migration", "`\(name.text)` names several migrations", at: name.position,
          advice: Self.choice(ids)))
    case .none(let nearest):
      errors.append(
        context.problem(
          code, "\(missing) `\(name.text)`", at: name.position,
          advice: nearest.map { "did you mean `\($0)`?" }))
    }
    return nil
  }

  private func line(at location: FileLocation) -> String? {
    guard let position = location.position else { return nil }
    if location.file == ProjectFile.name { return context.text.line(position.line) }
    return loaded.first { $0.migration.file == location.file }?.text.line(position.line)
  }

  private static func choice(_ ids: [MigrationID]) -> String {
    "write one of " + ids.map { "`\($0)`" }.joined(separator: ", ")
  }
}
