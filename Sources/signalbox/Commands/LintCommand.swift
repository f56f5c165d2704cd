import ArgumentParser
import JSON
import Migrations
import Report
import Verification

/// The command `signalbox lint`.
struct LintCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find what is dangerous, insecure or broken in the files.",
    discussion: """
      Needs no database. With --database it knows how large the tables are and what is in already: what applied \
      migrations locked is history. All files are read whatever is selected, since a later one may put an earlier \
      one right. Ends with status 1 if there is a failure. Changes nothing. docs/lints.md explains the codes.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "Files, or migrations: an id, a version, a unique prefix, phase:NAME, A..B, pending, or all.",
      valueName: "file|selector"),
    completion: .file(extensions: ["sql"]))
  var subjects: [String] = []

  func perform() async throws -> ExitStatus {
    if target.database == nil, subjects.isEmpty { return try lintAll() }
    let loaded = try LoadedProject(project)
    guard target.database != nil else {
      let selected = try selection(of: loaded.project, statuses: nil)
      return answer(Linter(options: loaded.project.lint).findings(in: loaded.project, of: selected)).say()
    }
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let applied = Set(assessment.statuses.filter { Self.isIn($0.state) }.map(\.id))
      let linter = Linter(
        options: loaded.project.lint, target: LintTarget(snapshot: assessment.snapshot, applied: applied))
      let selected = try selection(of: loaded.project, statuses: assessment.statuses)
      return answer(linter.findings(in: assessment.loaded.project, of: selected)).say()
    }
  }

  /// The findings in all files, which hang on nothing else: the same files have the same.
  private func lintAll() throws -> ExitStatus {
    let question = ["lint", "\(output.json)", "\(TextStyle(output.color).isColoured)"]
    return try AnswerCache.standard.answer(to: question, about: project) { fileSystem in
      let loaded = try LoadedProject(
        path: project.path, leavingOutUnreadable: project.leaveOutUnreadable, in: fileSystem)
      var answer = answer(Linter(options: loaded.project.lint).findings(in: loaded.project))
      answer.errors = loaded.warningLines
      return answer
    }.say()
  }

  /// Whether a migration in this state has run.
  private static func isIn(_ state: MigrationState) -> Bool {
    switch state {
    case .applied, .changed, .superseded: true
    case .pending, .partial, .failed, .interrupted, .missing, .skipped, .archived: false
    }
  }

  /// The migrations to report on; nil for all.
  private func selection(of project: Project, statuses: [MigrationStatus]?) throws -> Set<MigrationID>? {
    guard !subjects.isEmpty else { return nil }
    let files = LintedFiles(project)
    var selectors: [String] = []
    var found: Set<MigrationID> = []
    for subject in subjects {
      if let migration = try files.migration(at: subject) {
        found.insert(migration)
      } else {
        selectors.append(subject)
      }
    }
    return found.union(try SelectorParser(project, statuses: statuses).select(selectors))
  }

  private func answer(_ findings: [Finding]) -> CachedAnswer {
    CachedAnswer(
      status: findings.contains { $0.severity == .failure } ? .failed : .done,
      output: output.json
        ? [LintDocument(findings: findings).json.indentedText]
        : LintText(findings: findings, style: TextStyle(output.color)).lines,
      errors: [])
  }
}

/// The migrations of a project by the paths of their files.
private struct LintedFiles {
  private let ids: [String: MigrationID]

  init(_ project: Project) {
    ids = Dictionary(
      project.migrations.map { (FileSystem.local.resolve("\(project.root)/\($0.file)"), $0.id) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The migration of the file at a path; nil if there is no file there.
  ///
  /// - Throws: ``CommandFailure`` if there is one and it is no migration of the project.
  func migration(at path: String) throws -> MigrationID? {
    guard path.hasSuffix(".sql"), FileSystem.local.kind(path) == .file else { return nil }
    if let id = ids[FileSystem.local.resolve(path)] { return id }
    throw CommandFailure(
      .usage, "\(path) is no migration of this project",
      advice: "name the project's directory with --project PATH; `signalbox status` lists its migrations")
  }
}
