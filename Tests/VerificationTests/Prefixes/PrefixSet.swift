import Testing

/// A small set of migrations, each of which some other tool applies as it stands.
struct PrefixSet: CustomTestStringConvertible, Sendable {
  var name: String
  var platform = false
  /// The numbers of the files that nothing in the catalog ever proves, from 1.
  var silent: Set<Int> = []
  /// The first version of PostgreSQL that knows all that the files say.
  var since = 15
  /// Statements that prepare the server before the first file, each sent by itself.
  var before: [String] = []
  /// The objects of the whole server that are taken away at the end, as `DROP` names them.
  var clusterObjects: [String] = []
  /// The files in order.
  var files: [String]

  init(
    _ name: String, platform: Bool = false, silent: Set<Int> = [], since: Int = 15, before: [String] = [],
    clusterObjects: [String] = [], _ files: String...
  ) {
    self.name = name
    self.platform = platform
    self.silent = silent
    self.since = since
    self.before = before
    self.clusterObjects = clusterObjects
    self.files = files
  }

  var testDescription: String { name }

  /// All sets.
  static let all =
    guards + loops + renames + replacements + types + tables + security + alterations
    + circumstances + roles + rareObjects + newerVersions
}
