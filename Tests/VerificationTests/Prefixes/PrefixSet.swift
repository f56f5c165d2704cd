import Testing

/// A small set of migrations, each of which some other tool applies as it stands.
struct PrefixSet: CustomTestStringConvertible, Sendable {
  var name: String
  var platform = false
  /// The numbers of the files that nothing in the catalog ever proves, from 1.
  var silent: Set<Int> = []
  /// The files in order.
  var files: [String]

  init(_ name: String, platform: Bool = false, silent: Set<Int> = [], _ files: String...) {
    self.name = name
    self.platform = platform
    self.silent = silent
    self.files = files
  }

  var testDescription: String { name }

  /// All sets.
  static let all = guards + loops + renames + replacements + types + tables + security + alterations
}
