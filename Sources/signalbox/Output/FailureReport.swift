import Display
import Migrations
import Postgres
import Rollout
import Sandbox

/// Turns an error into what the operator reads and the status that the process ends with.
struct FailureReport: Sendable {
  /// How the process ends.
  var status: ExitStatus
  /// What went wrong, in a sentence or several lines.
  var message: String
  /// What to do next.
  var advice: String?
  /// The lines for standard error.
  var lines: [String]

  /// Reports any error of any room.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure:
      self.init(failure.status, failure.message, advice: failure.advice)
    case let error as ProjectError:
      self.init(error.problems)
    case let problem as ProjectProblem:
      self.init([problem])
    case let error as PostgresError:
      let explanation = ConnectionAdvice(error)
      self.init(
        error.isConnectionFailure ? .noConnection : error.code == .configuration ? .usage : .failed,
        error.description, advice: explanation.text)
    case let error as RolloutError:
      self.init(Self.status(of: error), error.description)
    case let error as SandboxError:
      self.init(.noConnection, error.message, advice: error.advice)
    case is CancellationError:
      self.init(.stopped, "stopped")
    default:
      self.init(.failed, "\(error)")
    }
  }

  private init(_ problems: [ProjectProblem]) {
    status = .usage
    lines = ProblemText.lines(of: problems)
    message = problems.first?.message ?? ""
    advice = problems.first?.advice
  }

  private init(_ status: ExitStatus, _ message: String, advice: String? = nil) {
    self.status = status
    self.message = message
    self.advice = advice
    let said = harmlessLines(message)
    lines = ["signalbox: \(said[0])"] + said.dropFirst().map { "  \($0)" }
    if let advice { lines.append("  → \(harmless(advice))") }
  }

  /// Writes the report to standard error and gives the exit status.
  func print() -> ExitStatus {
    for line in lines { Output.error(line) }
    return status
  }

  private static func status(of error: RolloutError) -> ExitStatus {
    switch error {
    case .locked, .otherTool: .locked
    case .outcomeUnknown: .noConnection
    case .unansweredAbort: .stopped
    case .notRunnable: .usage
    case .historyTooNew, .historyNotAllowed, .historyUnreadable, .historyChanged, .pooled, .standby:
      .failed
    }
  }
}
