import Display
import Verification

extension Finding.Severity {
  /// The word for one.
  var word: String {
    switch self {
    case .pass: "passed"
    case .warning: "warning"
    case .failure: "failure"
    }
  }

  /// The heading over several.
  var plural: String {
    switch self {
    case .pass: "Passed"
    case .warning: "Warnings"
    case .failure: "Failures"
    }
  }

  var role: Role {
    switch self {
    case .pass: .success
    case .warning: .warning
    case .failure: .danger
    }
  }

  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .pass: glyphs.check
    case .warning: glyphs.exclamation
    case .failure: glyphs.cross
    }
  }
}

/// What a kind of finding means, and what can be done about it, where the finding does not say so itself.
struct FindingExplanation: Sendable, Hashable {
  var reason: String
  var advice: String?

  init(_ finding: Finding) {
    switch finding.code {
    case FindingCode.evidenceFound: reason = "The object is as its migration leaves it."
    case FindingCode.evidenceMissing:
      reason =
        "The migration is in, so this object must be there; or it drops the object, and that is still there."
      advice = "See who removed it; run the statement that makes it again, or signalbox repair."
    case FindingCode.evidenceDiffers:
      reason = "The object is there, but not as the migrations that are in leave it."
      advice = "Write a migration that settles it, or run the statement again."
    case FindingCode.migrationPending:
      reason = "The migration is not in yet; that is no fault."
      advice = "Plan and apply it on the Rollout screen (m goes there)."
    case FindingCode.migrationFailed:
      reason = "The migration failed and left something behind."
      advice = "Repair what it left, then apply it again (m goes there)."
    case FindingCode.migrationInterrupted:
      reason = "The migration began outside a transaction, and nobody saw its end."
      advice = "signalbox repair finds out what it did."
    case FindingCode.migrationChanged:
      reason = "The file is no longer the one that ran, and not only in comments and white space."
      advice = "Undo the change, or accept it with signalbox repair."
    case FindingCode.migrationMissing:
      reason = "The history of the target has this migration, the project has not."
      advice = "Bring the file back, or settle it with signalbox repair."
    default: (reason, advice) = Self.byFamily(finding)
    }
    if let own = finding.advice { advice = own }
    if finding.severity == .pass { advice = nil }
  }

  private static func byFamily(_ finding: Finding) -> (String, String?) {
    switch finding.code.prefix(while: { $0 != "." }) {
    case "expectation":
      finding.severity == .pass
        ? ("The project expects this, and it holds.", nil)
        : (
          "The project expects this, and it does not hold.",
          "Apply what makes it so, or correct the expectation."
        )
    case "requirement":
      (
        "What the files use and what they provide do not agree.",
        "Correct the order or the SQL."
      )
    default: ("See docs/findings.md.", nil)
    }
  }
}
