import Schema
import Verification

/// A foretold catalog beside the real one.
///
/// **What is compared**: every kind of object that a snapshot lists, by identity (is it there), and by definition
/// (is it another than before). Owners are not compared.
///
/// **What is not counted**:
/// - objects that hang on a condition that only the server can decide (``CatalogPrediction/uncertain``), whichever way
///   it went;
/// - changed definitions of what depends on a renamed or altered object (``CatalogPrediction/affected``);
/// - roles, their memberships and comments when the text does not name them, and what is set for other databases: they
///   belong to the whole server, where other tests make roles and databases too;
/// - an alteration that leaves the definition as it was.
struct PredictionComparison {
  /// What the catalog shows and nobody foretold.
  var missed: [String] = []
  /// What was foretold and is not so.
  var invented: [String] = []
  /// How many differences were foretold rightly.
  var foretold = 0
  /// How many differences hung on conditions.
  var conditional = 0

  init(_ prediction: CatalogPrediction, before: Snapshot, after: Snapshot, text: String) {
    let difference = SnapshotDifference(from: before, to: after)
    func isOthers(_ identity: ObjectIdentity) -> Bool {
      switch identity.kind {
      case .role, .tablespace: !text.contains(identity.name)
      case .setting: !text.lowercased().contains(identity.name) || isOfAnotherDatabase(identity, before)
      case .grant where identity.parent == ObjectKind.role.rawValue: !text.contains(identity.name)
      case .comment where identity.signature == ObjectKind.role.rawValue: !text.contains(identity.name)
      default: false
      }
    }
    for object in difference.added where !isOthers(object.identity) {
      if prediction.uncertain.contains(object.identity) {
        conditional += 1
      } else if prediction.contains(object.identity) {
        foretold += 1
      } else {
        missed.append("+ \(object.identity)")
      }
    }
    for object in difference.removed where !isOthers(object.identity) {
      if prediction.uncertain.contains(object.identity) {
        conditional += 1
      } else if !prediction.contains(object.identity) {
        foretold += 1
      } else {
        missed.append("- \(object.identity)")
      }
    }
    for change in difference.changed where !isOthers(change.after.identity) {
      let identity = change.after.identity
      if prediction.changed.contains(identity) || prediction.affected.contains(identity) {
        foretold += 1
      } else if prediction.uncertain.contains(identity) {
        conditional += 1
      } else {
        missed.append("~ \(identity): \(change.before.definition) → \(change.after.definition)")
      }
    }
    for identity in prediction.objects
    where after[identity] == nil && before[identity] == nil && !prediction.uncertain.contains(identity) {
      invented.append("+ \(identity)")
    }
    for identity in before.objects.keys
    where after[identity] != nil && !prediction.contains(identity) && !isOthers(identity) {
      invented.append("- \(identity)")
    }
    missed.sort()
    invented.sort()
  }

  var isExact: Bool { missed.isEmpty && invented.isEmpty }

  var description: String {
    (missed.map { "missed   \($0)" } + invented.map { "invented \($0)" }).joined(separator: "\n")
  }
}

/// Whether a setting is stored for another database than the one that a snapshot shows.
private func isOfAnotherDatabase(_ setting: ObjectIdentity, _ snapshot: Snapshot) -> Bool {
  let words = (setting.signature ?? "").split(separator: " ")
  guard let mark = words.firstIndex(of: "database") else { return false }
  return words[(mark + 1)...].joined(separator: " ") != snapshot.database
}
