public import Schema

/// Looks through a database for what is wrong with its access, and for what policies cost.
///
/// The list is that of Supabase's advisors (splinter) as far as a catalog can answer it, and what can be said of
/// policies by reading them. Each has its code in docs/findings.md.
public struct AccessAdvisor: Sendable {
  private let database: AdvisedDatabase

  /// Advises on a database.
  public init(_ matrix: AccessMatrix, facts: AdvisorFacts = AdvisorFacts()) {
    database = AdvisedDatabase(matrix, facts: facts)
  }

  /// Everything that was found, the worst first, then by object.
  public var findings: [AccessFinding] {
    Self.advisors.flatMap { $0.findings(in: database) }.sorted { left, right in
      if left.level != right.level { return left.level > right.level }
      if left.object != right.object { return left.object < right.object }
      return left.code.rawValue < right.code.rawValue
    }
  }

  /// The schemas that were taken as exposed by the API; none where there are no roles of visitors.
  public var exposedSchemas: [String] { database.visitors.isEmpty ? [] : database.exposedSchemas.sorted() }

  private static let advisors: [any Advisor] = [
    RowSecurityState(), RowSecurityNotForced(), DefinerViews(), ExposedRelations(), SensitiveColumns(),
    Queues(), PublicBuckets(), Extensions(), ReferencesToAuth(), RegTypeColumns(), ColumnGrants(),
    WiderRoles(), SequencesWithoutUsage(), DefinerFunctions(), SearchPaths(), OpenWrites(),
    WritesByCondition(),
    RowsGivenAway(), WritesWiderThanReads(), ComparisonsWithItself(), UnrelatedColumns(), Subqueries(),
    NullMatches(), OverriddenPolicies(), FailingPolicies(), PoliciesWithoutGrant(), ClaimsInPolicies(),
    AuthCallsPerRow(), MultiplePermissivePolicies(), PolicyColumnsWithoutIndex(), ForeignKeysWithoutIndex(),
    UnusedIndexes(), DuplicateIndexes(), MissingPrimaryKeys(),
  ]
}

/// One thing, or a few of a kind, that the advisor looks for.
protocol Advisor: Sendable {
  /// What there is to say of a database.
  func findings(in database: AdvisedDatabase) -> [AccessFinding]
}
