import ArgumentParser
import JSON
import Migrations
import Report
import Schema
import Verification

/// The command `signalbox drift`.
struct DriftCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift", abstract: "Compare the live schema with what the migrations left.",
    discussion: """
      Says what is not as the files of the migrations that are in say: objects that were changed, that are missing, that \
      should be gone, and those that no migration made; those of archived migrations by themselves. Definitions are compared by meaning, not by text: the server \
      plans both sides. With a selection, only what these migrations say is looked at. Changes nothing.

      With --prisma the models of a Prisma schema are compared with the database and with the files of the migrations: \
      tables, columns, types, optionality, defaults, keys, indexes, relations and enums. What Prisma has no words for \
      (policies, functions, constraints, triggers) is listed, with what is not as the files say.

      Ends with status 1 if something is changed, missing or not dropped, or otherwise than Prisma says.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @Option(
    name: .customLong("kind"),
    help: ArgumentHelp(
      "Only objects of this kind (policy, column, index, function, enum-value, …); may be repeated.",
      valueName: "kind"))
  var kinds: [String] = []

  @Option(
    help: ArgumentHelp(
      "Compare a Prisma schema: its file, or the directory of its files.", valueName: "path"),
    completion: .file(extensions: ["prisma"]))
  var prisma: String?

  @Flag(help: "End with status 1 for objects that no migration made or that cannot be compared, too.")
  var exitCode = false

  func validate() throws {
    if prisma != nil, !kinds.isEmpty || !selection.selectors.isEmpty {
      throw ValidationError("--prisma compares the whole schema: leave --kind and the selection out.")
    }
  }

  func perform() async throws -> ExitStatus {
    if let prisma { return try await compare(prisma) }
    let kinds = try chosenKinds()
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let selected = selection.selectors.isEmpty ? nil : Set(try assessment.select(selection.selectors))
      var report = try await session.drift(of: assessment)
      report.drifts.removeAll { drift in
        if let kinds, !kinds.contains(drift.object.kind) { return true }
        guard let selected else { return false }
        return drift.migration.map { !selected.contains($0) } ?? true
      }
      if output.json {
        let document = DriftDocument(project: loaded.project, database: session.database, report: report)
        Output.standard(document.json.indentedText)
      } else {
        let text = DriftText(
          project: loaded.project, database: session.database, report: report,
          saysUnmanaged: selected == nil, style: TextStyle(output.color))
        for line in text.lines { Output.standard(line) }
      }
      let isBad = report.drifts.contains { $0.severity == .failure || (exitCode && $0.severity != .pass) }
      return isBad ? .failed : .done
    }
  }

  /// Compares a Prisma schema with the database and the files.
  private func compare(_ path: String) async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let schema = try PrismaSchemaFiles.read(path, project: loaded.project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let report = try await session.prismaDrift(schema, of: try await session.assess(loaded))
      if output.json {
        let document = PrismaDriftDocument(
          project: loaded.project, database: session.database, schema: path, report: report)
        Output.standard(document.json.indentedText)
      } else {
        let text = PrismaDriftText(
          project: loaded.project, database: session.database, schema: path, report: report,
          style: TextStyle(output.color))
        for line in text.lines { Output.standard(line) }
      }
      let isBad = report.hasFailures || (exitCode && !report.drifts.isEmpty)
      return isBad ? .failed : .done
    }
  }

  /// The kinds that `--kind` names; nil for all.
  private func chosenKinds() throws -> Set<ObjectKind>? {
    if kinds.isEmpty { return nil }
    return Set(
      try kinds.map { word in
        let name = word.lowercased().split { $0 == "-" || $0 == "_" || $0 == " " }.joined(separator: " ")
        guard let kind = ObjectKind(rawValue: name) else {
          throw CommandFailure(
            .usage, "there is no kind of object \"\(word)\"",
            advice: "the kinds are: "
              + ObjectKind.allCases.map { $0.rawValue.split(separator: " ").joined(separator: "-") }
              .joined(separator: ", "))
        }
        return kind
      })
  }
}
