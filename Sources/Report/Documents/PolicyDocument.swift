public import JSON
public import Migrations
public import Schema

/// The row-level security policies table by table, as people review them: the answer of `signalbox inspect policies`,
/// and a section of the report.
public struct PolicyDocument: Sendable {
  /// One policy.
  public struct Policy: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What it says.
    public var detail: PolicyDetail
    /// The migration that made it as it is, where that is known.
    public var migration: MigrationID?
  }

  /// A table and its policies.
  public struct Table: Sendable, Hashable {
    /// Its name, with its schema.
    public var name: String
    /// Whether row security is on; without it policies have no effect.
    public var isEnabled: Bool
    /// Whether it is forced on the owner.
    public var isForced: Bool
    /// The policies, in order.
    public var policies: [Policy]
  }

  private let review: PolicyReview

  /// Makes the document of a database, or of one table.
  public init(
    _ snapshot: Snapshot, project: Project, statuses: [MigrationStatus], of table: ObjectIdentity? = nil
  ) {
    review = PolicyReview(snapshot, project: project, statuses: statuses, of: table)
  }

  /// The tables with row security or policies, in order.
  public var tables: [Table] {
    review.tables.map { table in
      Table(
        name: table.name, isEnabled: table.isEnabled, isForced: table.isForced,
        policies: table.policies.map { Policy(name: $0.name, detail: $0.detail, migration: $0.maker) })
    }
  }

  /// The document as GitHub Flavored Markdown.
  public var markdown: String {
    MarkdownRenderer().text(of: [.heading(1, ReportText(PolicyReview.title))] + review.blocks)
  }

  /// The document as JSON.
  public var json: JSONValue { .object([review.json]) }
}
