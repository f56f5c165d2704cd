import Glibc
import Migrations
import Rollout
import Threads

/// Asks the operator on the terminal what a waiting run should do.
struct StepPrompt: Sendable {
  let control: RunControl

  /// Asks, on a thread of its own: reading from a terminal blocks.
  func ask(about statement: String?, reason: PauseReason) {
    let control = control
    let question = Self.question(statement, reason)
    let answers = Self.answers(to: reason)
    do {
      try PlainThread.start { Self.readAnswer(question, answers, for: control) }
    } catch {
      Output.error(
        "signalbox: nobody can be asked: the system gives no thread (error \(error.number)); aborting")
      Task { await control.post(.abort) }
    }
  }

  private static func readAnswer(_ question: String, _ answers: [Answer], for control: RunControl) {
    while true {
      Output.prompt(question)
      guard let line = readLine() else {
        Task { await control.post(.abort) }
        return
      }
      let word = line.split(separator: " ").first.map(String.init) ?? answers[0].key
      if let answer = answers.first(where: { $0.key == word }) {
        Task { await control.post(answer.command) }
        return
      }
      Output.error("  \(answers.map { "\($0.key) \($0.meaning)" }.joined(separator: " · "))")
    }
  }

  /// One thing that can be answered.
  struct Answer: Sendable {
    let key: String
    let meaning: String
    let command: OperatorCommand
  }

  /// The answers that make sense for a pause; the first is what Enter means.
  static func answers(to reason: PauseReason) -> [Answer] {
    let abort = Answer(key: "a", meaning: "abort and roll back", command: .abort)
    switch reason {
    case .failure:
      return [
        Answer(key: "r", meaning: "retry", command: .retry),
        Answer(key: "s", meaning: "skip this statement", command: .skip),
        Answer(key: "m", meaning: "leave this migration out", command: .skipMigration), abort,
      ]
    case .unverified:
      return [abort, Answer(key: "k", meaning: "keep: commit all the same", command: .acceptUnverified)]
    case .widened:
      return [
        abort, Answer(key: "k", meaning: "keep: let it reach that, and commit", command: .acceptAccess),
      ]
    case .step, .breakpoint, .requested:
      return [
        Answer(key: "n", meaning: "next", command: .next),
        Answer(key: "f", meaning: "finish this migration", command: .finishMigration),
        Answer(key: "c", meaning: "continue", command: .proceed),
        Answer(key: "s", meaning: "skip this statement", command: .skip),
        Answer(key: "m", meaning: "leave this migration out", command: .skipMigration), abort,
      ]
    }
  }

  private static func question(_ statement: String?, _ reason: PauseReason) -> String {
    let keys = answers(to: reason).map(\.key).joined(separator: "/")
    return "  ▶ \(statement ?? "verification")  [\(keys)] "
  }
}
