public import JSON

/// The status report of a project on one database: a value worked out from facts, to be written as Markdown, HTML or
/// JSON (docs/report.md).
///
/// Nothing in it is written by hand but what the project file says: states come from histories and evidence, changes
/// from the effects of the files on the database as it is, ticks from checks that passed.
public struct ReportDocument: Sendable {
  let heading: ReportHeading
  let sections: [any ReportSection]
  private let generator: String

  /// Works the report out.
  public init(_ facts: ReportFacts) {
    let changes = ExpectedChanges.all(of: facts)
    heading = ReportHeading(facts)
    generator = facts.generator
    sections = [
      ExecutiveSummary(facts), PhaseOverview(facts), OpenMigrations(facts, changes), LeftOutMigrations(facts),
      AppliedResults(facts), CurrentState(facts), DriftSection(facts), ActionItems(facts),
      Dependencies(facts),
      FileLocations(facts),
      DatabaseFacts(facts, changes), RollbackPlan(facts, changes), CompatibilityMatrix(facts),
      VerificationChecklist(facts), PolicyReview(facts), AccessSummary(facts), RunHistory(facts),
      ExecutionTimesSection(facts), MigrationList(facts),
    ]
  }

  /// The report as GitHub Flavored Markdown.
  public var markdown: String { MarkdownRenderer().text(of: blocks) }

  /// The report as one HTML file without scripts and without anything from elsewhere.
  public var html: String {
    HTMLRenderer(title: heading.title, generator: generator).text(of: blocks)
  }

  /// The report as one JSON document (docs/report.md).
  public var json: JSONValue { .object(heading.json + sections.map(\.json)) }

  private var blocks: [ReportBlock] {
    heading.blocks
      + sections.flatMap { section in
        section.blocks.isEmpty
          ? [] : [ReportBlock.heading(2, ReportText(type(of: section).title))] + section.blocks
      }
  }
}
