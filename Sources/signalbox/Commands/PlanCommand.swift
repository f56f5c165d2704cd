import ArgumentParser
import JSON
import Migrations
import Report

/// The command `signalbox plan`.
struct PlanCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What would run, in which order, with which locks.",
    discussion: """
      Without a selector: everything that is pending. A migration brings along those that it requires and that are \
      not in yet. Changes nothing.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(help: "End with status 4 if there is anything to run.")
  var exitCode = false

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, declarations: loaded.project.targets)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let plan = assessment.plan(try assessment.select(selection.selectors))
      if output.json {
        Output.standard(PlanDocument(plan: plan).json.indentedText)
      } else {
        for line in PlanText(plan: plan, style: TextStyle(output.color)).lines { Output.standard(line) }
      }
      if !plan.problems.isEmpty { return .usage }
      return exitCode && !plan.steps.isEmpty ? .pending : .done
    }
  }
}
