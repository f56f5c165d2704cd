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

extension LockForecast {
  /// `ACCESS EXCLUSIVE transformations`.
  var phrase: String { "\(mode) \(relation.shortName)" }

  /// Whether nobody can even read the table while the lock is held.
  var keepsReadersOut: Bool { mode == .accessExclusive }
}

extension EffectAction {
  /// What stands before an object in the list of evidence.
  var evidenceNote: String {
    switch self {
    case .creates, .uses: ""
    case .alters: "altered"
    case .drops: "dropped"
    }
  }
}
