import JSON

/// One section of a report: values worked out from the facts, and how they are shown.
protocol ReportSection: Sendable {
  /// The section's heading.
  static var title: String { get }
  /// What stands under the heading; a section without any is left out.
  var blocks: [ReportBlock] { get }
  /// The section's member of the JSON document.
  var json: JSONValue.Member { get }
}
