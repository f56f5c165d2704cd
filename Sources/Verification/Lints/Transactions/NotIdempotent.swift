import Migrations
import Schema
import Script

/// A statement that does not run a second time, in a project that wants every migration to.
struct NotIdempotent: StatementLint {
  let code: LintCode = "lint.not-idempotent"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    let statement = context.statement
    let object =
      statement.effects.first { $0.action != .uses }?.object ?? statement.effects.first?.object
      ?? ObjectIdentity(.database, name: statement.tag)
    switch statement.repetition {
    case .harmless, .unknown: return []
    case .changes(let what):
      return [
        context.candidate(
          code, required(.warning, context), object, "a second run changes something: \(what)",
          advice: statement.tag == "INSERT"
            ? "INSERT … ON CONFLICT DO NOTHING, or … SELECT … WHERE NOT EXISTS (…)." : nil)
      ]
    case .fails(let why):
      return [
        context.candidate(
          code, required(.failure, context), object, "a second run fails: \(why)", advice: advice(statement))
      ]
    }
  }

  private func required(_ severity: Finding.Severity, _ context: StatementContext) -> Finding.Severity {
    context.facts.options.requiresIdempotence ? severity : .pass
  }

  private func advice(_ statement: Statement) -> String {
    switch statement.tag {
    case "CREATE FUNCTION", "CREATE PROCEDURE", "CREATE VIEW", "CREATE RULE":
      "\(statement.tag.split(separator: " ").joined(separator: " OR REPLACE ")) …"
    case "CREATE POLICY", "CREATE TRIGGER":
      "DROP \(statement.tag.dropFirst("CREATE ".count)) IF EXISTS … before it."
    case _ where statement.tag.hasPrefix("DROP "): "\(statement.tag) IF EXISTS …"
    case "CREATE TABLE", "CREATE INDEX", "CREATE SCHEMA", "CREATE SEQUENCE", "CREATE EXTENSION",
      "CREATE MATERIALIZED VIEW":
      "\(statement.tag) IF NOT EXISTS …"
    case "ALTER TABLE":
      "ADD COLUMN IF NOT EXISTS, DROP … IF EXISTS, or a DO block that asks the catalog first."
    default: "A DO block that asks the catalog first."
    }
  }
}
