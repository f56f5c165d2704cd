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
      should be gone, and those that no migration made. Definitions are compared by meaning, not by text: the server \
      plans both sides. With a selection, only what these migrations say is looked at. Changes nothing.

      Ends with status 1 if something is changed, missing or not dropped.
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

  @Flag(help: "End with status 1 for objects that no migration made or that cannot be compared, too.")
  var exitCode = false

  func perform() async throws -> ExitStatus {
    let kinds = try chosenKinds()
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, declarations: loaded.project.targets)
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
      let isBad = report.drifts.contains { exitCode || $0.severity == .failure }
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
