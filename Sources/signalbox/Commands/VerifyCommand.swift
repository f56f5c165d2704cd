import ArgumentParser
import JSON
import Migrations
import Report
import Verification

/// The command `signalbox verify`.
struct VerifyCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check what should hold: expectations, evidence, drift.",
    discussion: """
      Every object that a migration should have left, and every expectation of signalbox.toml, is looked up in the \
      catalog; definitions that differ from the files (drift), and what stands in the way of pending migrations, are \
      findings, too. Ends with status 1 if something fails. Changes nothing. docs/findings.md explains the codes.

      With --probe, what roles should reach is also found out by doing, in a transaction that is rolled back.

      With --access, or verify = true in [findings] of signalbox.toml, what is wrong with the access to what the \
      migrations make is reported as warnings.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var selection: SelectionArguments

  @Flag(help: "Show what passed, too.")
  var all = false

  @Flag(
    help:
      "Find out by doing what roles reach: make rows for two users, try every command, roll everything back."
  )
  var probe = false

  @Flag(name: .shortAndLong, help: "Do not ask before probing.")
  var yes = false

  @Flag(help: "Report what is wrong with access as warnings, too.")
  var access = false

  func validate() throws {
    if yes, !probe { throw ValidationError("--yes answers the question of --probe: not without it.") }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let assessment = try await session.assess(loaded)
      let selected = selection.selectors.isEmpty ? nil : Set(try assessment.select(selection.selectors))
      var findings = try await session.findings(of: assessment, selection: selected)
      if probe {
        let access = AccessProbe(session: session, isConfirmed: yes, typedName: protection.confirm)
        guard let found = try await access.findings(of: assessment, selection: selected) else {
          return .stopped
        }
        findings += found
      }
      if access || (loaded.project.findings.isVerified && selected == nil) {
        findings += try await session.accessFindings(of: assessment)
      }
      if output.json {
        Output.standard(VerificationDocument(findings: findings).json.indentedText)
      } else {
        let text = FindingsText(findings: findings, showsPasses: all, style: TextStyle(output.color))
        for line in text.lines { Output.standard(line) }
      }
      return findings.contains { $0.severity == .failure } ? .failed : .done
    }
  }
}
