import Display
import Migrations
import Schema
import Script

/// `signalbox plan` for people: what would run, in which order, with which locks.
struct PlanText {
  let plan: Plan
  var access: AccessOutlook?
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    if plan.steps.isEmpty, plan.problems.isEmpty { return ["Nothing to do."] }
    var lines: [String] = []
    for (index, step) in plan.steps.enumerated() {
      if index > 0 { lines.append("") }
      lines += self.lines(of: step, number: index + 1)
    }
    if !plan.problems.isEmpty {
      lines += ["", style.failure("This plan cannot run:")]
      lines += ProblemText.lines(of: plan.problems)
    }
    if let access { lines += [""] + AccessOutlookText(forecast: access, style: style).lines }
    let statements = plan.steps.reduce(0) { $0 + $1.statements.count }
    lines += ["", "\(plan.steps.count) migrations, \(statements) statements"]
    return lines
  }

  private func lines(of step: PlanStep, number: Int) -> [String] {
    var lines = ["\(number). \(style.bold(harmless(step.migration.id.rawValue)))"]
    switch step.mode {
    case .single: lines.append(style.muted("   one transaction"))
    case .statementByStatement(let reason):
      lines.append(style.warning("   statement by statement, not in one transaction: \(harmless(reason))"))
    }
    if case .required(let requirements) = step.inclusion {
      for requirement in requirements.prefix(3) {
        lines.append(style.muted("   comes along: \(harmless(RequirementText.sentence(requirement)))"))
      }
    }
    if let lock = step.strongestLock {
      lines.append(
        style.muted("   strongest lock: \(lock.mode) on \(harmless(lock.relation.qualifiedName))"))
    }
    for statement in step.statements {
      lines.append(self.line(of: statement))
    }
    return lines
  }

  private func line(of statement: Statement) -> String {
    let number = Text(foreign: "\(statement.position.line)").padded(to: 5).string
    let sql = Text(foreign: statement.text).clipped(to: 72).string
    var line = "   \(style.muted(number)) \(sql)"
    let locks = self.locks(of: statement).map { lock in
      let work = lock.rewritesTable ? ", rewrites it" : lock.scansTable ? ", reads all of it" : ""
      return "\(lock.mode) \(harmless(lock.relation.name))\(work)"
    }
    if !locks.isEmpty { line += style.muted("  \(locks.joined(separator: "; "))") }
    if let opacity = statement.opacity { line += style.warning("  opaque: \(harmless(opacity))") }
    return line
  }

  /// The strongest lock of a statement, and the others that keep writers out: a foreign key's other table has one too.
  private func locks(of statement: Statement) -> [LockForecast] {
    let sorted = statement.locks.enumerated()
      .sorted { ($1.element.mode, $0.offset) < ($0.element.mode, $1.offset) }.map(\.element)
    return sorted.prefix(1) + sorted.dropFirst().filter { $0.mode.conflicts(with: .rowExclusive) }
  }
}

/// Requirements as sentences.
enum RequirementText {
  /// `071 requires 070: it uses column public.telemetry.user_id`.
  static func sentence(_ requirement: Requirement) -> String {
    let reasons = requirement.reasons.prefix(2).map { reason in
      switch reason {
      case .declared(let location): "declared at \(location)"
      case .uses(let object, _): "uses \(object), which \(requirement.to) creates"
      }
    }
    return "\(requirement.from) requires \(requirement.to): \(reasons.joined(separator: "; "))"
  }
}
