import ArgumentParser
import JSON
import Migrations
import Postgres
import Report
import Rollout
import Script

/// The command `signalbox history`.
struct HistoryCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What was run, what it changed, how long it took, and what other tools say.",
    discussion: """
      Without options it lists the runs by day (UTC). --run shows what happened in one of them, statement by statement, \
      and what it changed in the schema; --times how long each migration took over its runs, and whether that changed; \
      --tools the histories of other migration tools beside Signalbox's own, with what they disagree about. Changes nothing.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Show what happened in this run.", valueName: "number"))
  var run: Int64?

  @Flag(help: "Show how long each migration took, each time that it ran.")
  var times = false

  @Flag(help: "With --times: on every target of signalbox.toml that can be reached, beside each other.")
  var allTargets = false

  @Flag(help: "Show what other tools recorded, beside Signalbox's own history.")
  var tools = false

  func validate() throws {
    guard [run != nil, times, tools].count(where: { $0 }) <= 1 else {
      throw ValidationError("--run, --times and --tools cannot be combined.")
    }
    guard !allTargets || times else { throw ValidationError("--all-targets goes with --times.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    if allTargets { return try await showTimesOfAllTargets(of: loaded) }
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let reader = RunReader(connection: session.connection, project: loaded.project.name)
      let runs = try await session.look { _ in try await reader.runs() }
      if let run { return try await show(run, among: runs, of: loaded, reader) }
      let history = try await session.history(of: loaded, includingStatements: true)
      let comparisons = WitnessComparison.all(of: history, migrations: loaded.project.migrations)
      if output.json {
        let document = HistoryDocument(
          project: loaded.project, database: session.database, runs: runs,
          changes: try await reader.changes(), comparisons: comparisons)
        Output.standard(document.json.indentedText)
        return .done
      }
      let text = HistoryText(style: TextStyle(output.color))
      let lines =
        times
        ? text.lines(of: ExecutionTimes.all(of: runs))
        : tools ? text.lines(of: comparisons) : text.lines(of: runs)
      for line in lines { Output.standard(line) }
      return .done
    }
  }

  private func show(
    _ number: Int64, among runs: [RunRecord], of loaded: LoadedProject, _ reader: RunReader
  ) async throws -> ExitStatus {
    guard let run = runs.first(where: { $0.id == number }) else {
      let known = runs.prefix(5).map { "\($0.id)" }.joined(separator: ", ")
      throw CommandFailure(
        .usage, "this database remembers no run \(number) of the project \(loaded.project.name)",
        advice: known.isEmpty ? "Signalbox has run nothing here yet" : "the last runs are \(known)")
    }
    let records = try await reader.events(of: number)
    let changes = try await reader.changes().filter { $0.run == number }
    if output.json {
      let document = HistoryDocument.json(of: run, events: records.map(\.json), changes: changes)
      Output.standard(document.indentedText)
      return .done
    }
    let kept = try await reader.statements(of: number)
    let text = RunLogText(style: TextStyle(output.color)) { id, index in
      if let texts = kept[id], texts.indices.contains(index) { return texts[index] }
      let statements = loaded.project.migration(id)?.script.statements ?? []
      return statements.indices.contains(index) ? statements[index].text : nil
    }
    for line in text.lines(of: run, events: records.map(\.recorded), changes: changes) {
      Output.standard(line)
    }
    return .done
  }

  /// Reads the times of each target; one that cannot be reached is named and left out.
  private func showTimesOfAllTargets(of loaded: LoadedProject) async throws -> ExitStatus {
    let declarations = loaded.project.targets
    guard !declarations.isEmpty else {
      throw CommandFailure(
        .usage, "signalbox.toml declares no targets", advice: "docs/project-file.md says how to declare them")
    }
    var all: [(target: String, times: [ExecutionTimes])] = []
    var isComplete = true
    for declaration in declarations {
      var options = target
      options.database = declaration.name
      do {
        let target = try Target(options: options, of: loaded.project)
        let times = try await TargetSession.with(target) { session in
          let reader = RunReader(connection: session.connection, project: loaded.project.name)
          return ExecutionTimes.all(of: try await session.look { _ in try await reader.runs() })
        }
        all.append((declaration.name, times))
      } catch {
        isComplete = false
        for line in FailureReport(error).lines { Output.error("\(declaration.name): \(line)") }
      }
    }
    if output.json {
      let document = JSONValue.array(
        all.map { entry in
          ["target": .string(entry.target), "times": .array(entry.times.map(HistoryDocument.json))]
        })
      Output.standard(document.indentedText)
    } else {
      for line in HistoryText(style: TextStyle(output.color)).lines(ofTargets: all) { Output.standard(line) }
    }
    return isComplete ? .done : .noConnection
  }
}
