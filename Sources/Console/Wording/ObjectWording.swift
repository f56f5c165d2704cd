import Migrations
import Schema
import Script

extension ObjectIdentity {
  /// The object's name as it is said where the schema `public` goes without saying.
  var shortName: String {
    guard schema == "public" else { return qualifiedName }
    var copy = self
    copy.schema = nil
    return copy.qualifiedName
  }

  /// The kind and the short name: `table telemetry`.
  var phrase: String { "\(kind.rawValue) \(shortName)" }
}

extension ObjectIdentity {
  /// The object's name where the relation that it belongs to is said already.
  var nameWithinRelation: String {
    switch kind {
    case .rowSecurity, .forcedRowSecurity: ""
    case .enumValue: "'\(name)'"
    default: name
    }
  }
}

extension ObjectKind {
  /// The word for several of the kind: `functions`, `policies`, `indexes`.
  var plural: String {
    if rawValue.hasSuffix("y") { return rawValue.dropLast() + "ies" }
    if rawValue.hasSuffix("x") || rawValue.hasSuffix("ss") { return rawValue + "es" }
    return rawValue.hasSuffix("s") ? rawValue : rawValue + "s"
  }
}

extension LockForecast {
  /// `ACCESS EXCLUSIVE transformations`.
  var phrase: String { "\(mode) \(relation.shortName)" }

  /// Whether nobody can even read the table while the lock is held.
  var keepsReadersOut: Bool { mode == .accessExclusive }
}
