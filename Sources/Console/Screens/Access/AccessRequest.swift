import Schema
import Verification

/// What the Access screen asks of the target; the matrix itself is worked out from the catalog.
public enum AccessRequest: Sendable, Hashable {
  /// Find out by doing what roles can do with these relations; everything is rolled back.
  case probe([ObjectIdentity])

  var slot: String { "probe" }
}

/// What the Access screen is answered.
public enum AccessAnswer: Sendable {
  /// What was found, what could not be tried, and the catalog of that moment.
  case probed(ProbeReport, omissions: [ProbePlan.Omission], catalog: Snapshot)
}
