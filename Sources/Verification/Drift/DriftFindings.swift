import Migrations
import Schema

extension Drift {
  /// The stable code of this disagreement (docs/findings.md).
  public var code: String {
    switch kind {
    case .missing:
      switch object.kind {
      case .rowSecurity, .forcedRowSecurity: FindingCode.driftRowSecurity
      default: FindingCode.driftMissing
      }
    case .undropped: FindingCode.driftUndropped
    case .unmanaged: FindingCode.driftUnmanaged
    case .archived: FindingCode.driftArchived
    case .unknown: FindingCode.driftUnknown
    case .changed: Self.code(of: object.kind, part ?? "")
    }
  }

  private static func code(of kind: ObjectKind, _ part: String) -> String {
    if part == "owner" { return FindingCode.driftOwner }
    switch kind {
    case .column:
      switch part {
      case "default": return FindingCode.driftColumnDefault
      case "nullability": return FindingCode.driftColumnNullability
      case "generation", "identity": return FindingCode.driftColumnGeneration
      default: return FindingCode.driftColumnType
      }
    case .constraint: return FindingCode.driftConstraint
    case .index: return FindingCode.driftIndex
    case .policy: return FindingCode.driftPolicy
    case .trigger: return FindingCode.driftTrigger
    case .function, .procedure, .aggregate: return FindingCode.driftFunction
    case .view, .materializedView: return FindingCode.driftView
    case .type, .domain: return FindingCode.driftType
    case .sequence: return FindingCode.driftSequence
    case .comment: return FindingCode.driftComment
    case .publication, .publicationMember: return FindingCode.driftPublication
    case .role: return FindingCode.driftRole
    case .table, .foreignTable: return FindingCode.driftTable
    default: return FindingCode.driftObject
    }
  }

  /// How bad it is: what the files promise and the database does not keep is a failure, what an archived
  /// migration made is as it should be.
  public var severity: Finding.Severity {
    switch kind {
    case .changed, .missing, .undropped: .failure
    case .unmanaged, .unknown: .warning
    case .archived: .pass
    }
  }

  /// What disagrees, in one sentence.
  public var sentence: String {
    switch kind {
    case .missing: return "\(object) is not there"
    case .undropped: return "\(object) is still there, although it was dropped"
    case .unmanaged: return "no migration made \(object)"
    case .archived: return "`\(migration?.rawValue ?? "")`, which does not run here any more, made \(object)"
    case .unknown:
      let what = part.map { "the \($0) of \(object)" } ?? "\(object)"
      return "\(what) cannot be compared with the files: \(reason ?? "")"
    case .changed: break
    }
    let part = part ?? "definition"
    guard let expected = Self.short(expected), let actual = Self.short(actual) else {
      return "the \(part) of \(object) is not what the files say"
    }
    switch (expected.isEmpty, actual.isEmpty) {
    case (true, _): return "\(object) has the \(part) \(actual), the files give it none"
    case (_, true): return "\(object) has no \(part), the files say \(expected)"
    default: return "the \(part) of \(object) is \(actual), the files say \(expected)"
    }
  }

  /// A value that has room in a sentence; empty for none, nil for a long one.
  private static func short(_ value: String?) -> String? {
    guard let value else { return "" }
    let words = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.utf8.count <= 160 ? words : nil
  }

  /// The same as a finding of `verify`.
  public var finding: Finding {
    Finding(
      code: code, severity: severity, migration: migration, object: object, message: sentence,
      location: location, advice: restoration)
  }
}
