import ArgumentParser
import Console
import Glibc
import Migrations
import Rollout

/// The command `signalbox new`.
struct NewCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a new migration file.",
    discussion: """
      The file is named and numbered as the others of the project are (the next number, today's date, the time of \
      day), with a script that reverts it where the layout or the project has them. Nothing that is there is \
      overwritten. Prints the path. Needs no database.
      """)

  @Argument(help: ArgumentHelp("What it does, in a few words.", valueName: "name"))
  var name: String

  @OptionGroup var project: ProjectOptions

  @Option(
    name: .customLong("requires"),
    help: ArgumentHelp("A migration that it needs; may be repeated.", valueName: "id"))
  var required: [String] = []

  @Option(help: ArgumentHelp("Number it behind the last migration of this phase.", valueName: "name"))
  var phase: String?

  @Flag(help: "Open it in $VISUAL or $EDITOR.")
  var edit = false

  func perform() async throws -> ExitStatus {
    let root = project.path
    let made: NewMigration
    if let project = try existingProject() {
      let request = try request(in: project)
      made = try NewMigrationPlanner(project).plan(request)
    } else {
      guard required.isEmpty, phase == nil else {
        throw CommandFailure(.usage, "there is no migration yet that it could need or follow")
      }
      let (layout, base) = Self.placeForTheFirst(in: root)
      made = try NewMigrationPlanner(emptyWith: layout, base: base).plan(
        NewMigrationPlanner.Request(name: name, time: Clock.now(), author: Self.author))
    }
    let paths = try NewFiles(root: root).write(made)
    for path in paths { Output.standard(path) }
    try hintAtPhase(of: made.id)
    if edit, let first = paths.first { try Self.open(first) }
    return .done
  }

  /// The project; nil for a directory that holds no migration yet.
  private func existingProject() throws -> Project? {
    do {
      return try LoadedProject(project).project
    } catch let error as ProjectError where error.problems.allSatisfy({ $0.code == "no-migrations" }) {
      return nil
    }
  }

  private func request(in project: Project) throws -> NewMigrationPlanner.Request {
    let parser = SelectorParser(project)
    let requires = try required.flatMap { try parser.select([$0]) }
    var chosen: Phase?
    if let phase {
      chosen = project.phases.first { $0.name == phase }
      guard chosen != nil else {
        let names = project.phases.map(\.name).joined(separator: ", ")
        throw CommandFailure(.usage, "there is no phase \"\(phase)\"", advice: "the phases are: \(names)")
      }
    }
    return NewMigrationPlanner.Request(
      name: name, requires: requires, phase: chosen, time: Clock.now(), author: Self.author)
  }

  /// Says into which phase the new migration fell, where that is not what was asked for.
  private func hintAtPhase(of id: MigrationID) throws {
    let project = try LoadedProject(path: project.path).project
    let fallen = project.phases.first { $0.migrations.contains(id) }?.name
    if let phase, fallen != phase {
      Output.error(
        "It is in the phase \"\(fallen ?? "Other")\": add \"\(id)\" to \"\(phase)\" in signalbox.toml.")
    } else if fallen == "Other", phase == nil {
      Output.error("It is in no phase yet: add \"\(id)\" to one in signalbox.toml.")
    }
  }

  /// Where the first migration of a directory goes.
  private static func placeForTheFirst(in root: String) -> (Layout, String) {
    let files = FileSystem.local
    if files.kind(root + "/supabase") == .directory { return (.supabase, "supabase/migrations") }
    if files.kind(root + "/prisma/schema.prisma") == .file { return (.prisma, "prisma/migrations") }
    return (.flat, files.kind(root + "/db/migrations") == .directory ? "db/migrations" : "migrations")
  }

  private static var author: String {
    let identity = OperatorIdentity.current()
    return "\(identity.user) <\(identity.user)@\(identity.host)>"
  }

  private static func open(_ path: String) throws {
    guard isatty(STDIN_FILENO) == 1 else {
      throw CommandFailure(.usage, "--edit needs a terminal; the file is made", advice: "leave it out")
    }
    if let trouble = Editor.open(path, line: nil) {
      throw CommandFailure(.failed, trouble.message, advice: trouble.advice)
    }
  }
}
