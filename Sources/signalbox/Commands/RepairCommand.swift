import ArgumentParser
import Display
import JSON
import Migrations
import Postgres
import Report
import Rollout
import Schema
import Script

/// The command `signalbox repair`.
struct RepairCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair", abstract: "Settle what is inconsistent in the history.",
    discussion: """
      Lists changed files with their difference, rows without a file, interrupted and failed migrations, and rows \
      that the catalog contradicts; says what it would do about each, and why; and does it once confirmed, all or \
      nothing. It changes the history only, never the schema. Without a selector: everything that it finds.

      What was done is kept in the history as a run of its own. With --json it only lists, unless --yes is given.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Flag(help: "Only list.")
  var list = false

  @Flag(help: "Delete the rows of missing files instead of keeping them as retired.")
  var forget = false

  @Flag(help: "Realign changed files although the catalog contradicts them.")
  var contradicting = false

  func validate() throws {
    if list && yes { throw ValidationError("--list and --yes exclude each other.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let repair = session.historyRepair(of: loaded.project)
      let found = try await found(assessment, runInProgress: repair.runInProgress())
      let doable = found.filter { $0.action != .nothing && (contradicting || !$0.isContradicted) }
      let differences = differences(of: found, in: assessment)
      let isOnlyListed = list || target.isReadOnly || (output.json && !yes)
      if !output.json {
        show(found, differences)
        if target.isReadOnly, !doable.isEmpty { Output.error("Nothing is changed: --read-only.") }
      }
      var done: [Repair] = []
      if !isOnlyListed, !doable.isEmpty {
        let question =
          "Settle \(doable.count) \(doable.count == 1 ? "row" : "rows") of the history of "
          + "\(session.connection.server.database)?"
        let confirmation = Confirmation(
          isGiven: yes, typedName: protection.confirm, target: target, session: session)
        guard try confirmation.ask(question) else { return .stopped }
        try await session.unlocked { session in
          try await session.refuseLentSession()
          try await session.waitForHistory()
          try await session.namingHolders {
            try await session.historyRepair(of: loaded.project).perform(
              doable, entries: assessment.history.entries,
              files: Dictionary(
                loaded.project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
          }
        }
        done = doable
      }
      return report(found, differences, done: done)
    }
  }

  /// What is inconsistent among what is selected; what a live run is at is not interrupted.
  private func found(_ assessment: Assessment, runInProgress: SessionDescription?) async throws -> [Repair] {
    let invalid = assessment.snapshot.objects(of: .index).filter { object in
      if case .index(let detail) = object.detail { !detail.isValid } else { false }
    }
    let planner = RepairPlanner(
      assessment.loaded.project, unusable: Set(invalid.map(\.identity)), forgetsMissing: forget)
    var repairs = planner.repairs(assessment.statuses)
    if let runInProgress {
      for index in repairs.indices where repairs[index].problem == .interrupted {
        repairs[index].action = .nothing
        repairs[index].reason = "a run is going on: \(runInProgress.summary)"
      }
    }
    guard !selection.selectors.isEmpty else { return repairs }
    var named: Set<MigrationID> = []
    var others: [String] = []
    for selector in selection.selectors {
      if let row = row(selector, among: repairs, of: assessment.loaded.project) {
        named.insert(row)
      } else {
        others.append(selector)
      }
    }
    let selected = others.isEmpty ? [] : Set(try assessment.select(others))
    return repairs.filter { named.contains($0.id) || selected.contains($0.id) }
  }

  /// The row that a selector names in full, or by a beginning that it shares neither with a file nor with another row.
  private func row(_ selector: String, among repairs: [Repair], of project: Project) -> MigrationID? {
    if let exact = repairs.first(where: { $0.id.rawValue == selector }) { return exact.id }
    let rows = repairs.filter { $0.problem == .missing && $0.id.rawValue.hasPrefix(selector) }
    let isOfFile = project.migrations.contains { $0.id.rawValue.hasPrefix(selector) }
    return rows.count == 1 && !isOfFile ? rows.first?.id : nil
  }

  private func differences(of repairs: [Repair], in assessment: Assessment) -> [MigrationID: LineDifference] {
    var differences: [MigrationID: LineDifference] = [:]
    for repair in repairs where repair.problem == .changed {
      guard let ran = assessment.history.entries[repair.id]?.statements,
        let file = assessment.loaded.project.migration(repair.id)
      else { continue }
      differences[repair.id] = LineDifference(
        ofStatements: ran, to: file.script.statements.map(\.text))
    }
    return differences
  }

  private func show(_ repairs: [Repair], _ differences: [MigrationID: LineDifference]) {
    guard !repairs.isEmpty else {
      Output.standard("Nothing to repair: history, files and catalog agree.")
      return
    }
    let text = RepairText(
      repairs: repairs, differences: differences, acceptsContradictions: contradicting,
      style: TextStyle(output.color))
    for line in text.lines { Output.standard(line) }
  }

  private func report(
    _ repairs: [Repair], _ differences: [MigrationID: LineDifference], done: [Repair]
  ) -> ExitStatus {
    if output.json {
      let document = RepairDocument(
        repairs: repairs, differences: differences, done: Set(done.map(\.id)))
      Output.standard(document.json.indentedText)
    } else if !done.isEmpty {
      Output.standard("")
      Output.standard("Settled \(done.count) \(done.count == 1 ? "row" : "rows").")
    }
    let isRefused = yes && repairs.contains { $0.isContradicted && !contradicting }
    return isRefused ? .failed : .done
  }
}
