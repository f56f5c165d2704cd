import ArgumentParser
import Diagnosis
import Display
import JSON
import Migrations

/// The command `signalbox doctor`.
struct DoctorCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Why a connection fails and what to do; or what it is good for.",
    discussion: """
      Says where each setting comes from (flag, project file, environment, .env, service file, default), what the \
      host's name resolves to, and what came of an attempt to connect. Over a connection that stands: version, latency, \
      pooler or direct, the role and its rights, the extensions that the migrations need, platform, clock. Never shows a \
      password, and changes nothing. docs/doctor.md explains the codes.

      Ends with status 2 if the address cannot lead anywhere, 3 without a connection, 1 if something else fails.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions

  func perform() async throws -> ExitStatus {
    let facts = try await examination().facts()
    let findings = ConnectionJudge.findings(facts)
    if output.json {
      Output.standard(DoctorDocument(facts: facts, findings: findings).json.indentedText)
    } else {
      let text = DoctorText(facts: facts, findings: findings, style: TextStyle(output.color))
      for line in text.lines { Output.standard(line) }
    }
    switch facts.outcome {
    case .notTried: return .usage
    case .failed: return .noConnection
    case .connected: return findings.contains { $0.severity == .failure } ? .failed : .done
    }
  }

  /// The project is read if there is one: a connection can be looked at without.
  private func examination() -> ConnectionExamination {
    do {
      let read = try ProjectReader(fileSystem: .local).read(
        project.path, leavingOutUnreadable: project.leaveOutUnreadable)
      return ConnectionExamination(
        options: target, directory: read.root, project: read, declarations: read.targets)
    } catch {
      for problem in error.problems.prefix(3) {
        Output.error("signalbox: without the project: \(harmless(problem.message))")
      }
      return ConnectionExamination(
        options: target, directory: project.path, project: nil,
        declarations: ProjectReader(fileSystem: .local).declaredTargets(at: project.path))
    }
  }
}
