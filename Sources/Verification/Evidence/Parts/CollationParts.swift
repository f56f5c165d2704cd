import Schema
import Script

/// The parts of collations, which a snapshot shows in the catalog's letters.
enum CollationParts {
  /// The parts of a collation as `CREATE COLLATION` leaves it, from text such as `locale = de, provider = icu`; nil for
  /// one that is copied.
  static func made(_ definition: String?) -> [DefinitionPart]? {
    var settings: [String: String] = [:]
    for setting in (definition ?? "").split(separator: ",") {
      let pair = setting.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      if pair.count == 2 { settings[pair[0]] = pair[1] }
    }
    guard let locale = settings["locale"] ?? settings["lc_collate"] else { return nil }
    return [
      DefinitionPart("provider", .word(settings["provider"]?.lowercased() ?? "libc")),
      DefinitionPart("locale", .word(locale)),
    ]
  }

  /// The parts that the catalog shows, from text such as `i de` or `c de_DE.utf8 de_DE.utf8`.
  static func shown(_ definition: String) -> [DefinitionPart] {
    let words = definition.split(separator: " ").map(String.init).filter { $0 != "NONDETERMINISTIC" }
    guard let letter = words.first, let locale = words.dropFirst().first else { return [] }
    let provider = ["c": "libc", "i": "icu", "b": "builtin"][letter] ?? letter
    return [DefinitionPart("provider", .word(provider)), DefinitionPart("locale", .word(locale))]
  }
}
