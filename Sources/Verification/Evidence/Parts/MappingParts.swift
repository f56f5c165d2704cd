import Script

/// The parts of configurations of text search: which dictionaries the tokens of each kind are looked up in.
enum MappingParts {
  /// What becomes of the mappings that are followed of a configuration where one dictionary takes another's place.
  ///
  /// - Parameter replacement: the kinds of token, none for all, and the dictionaries.
  static func replaced(
    _ replacement: (tokens: [String], old: String, new: String), in configuration: TrackedObject,
    _ names: Set<String>
  ) -> [(part: String, value: FacetValue)] {
    let label = "mapping of "
    let wanted = Set(replacement.tokens.map { label + $0 })
    return names.filter { $0.hasPrefix(label) && (wanted.isEmpty || wanted.contains($0)) }.map { part in
      // A copied configuration has mappings of which the files do not say anything.
      guard case .value(let text) = configuration.value(.part(part)), !text.isEmpty else {
        return (part, .unknown)
      }
      return (part, PartReading.value(.name(replaced(replacement.old, by: replacement.new, in: text))))
    }
  }

  /// A list of dictionaries in which one has taken the place of another.
  static func replaced(_ old: String, by new: String, in list: String) -> String {
    list.split(separator: ",").map { name in
      PartReading.bare(name) == PartReading.bare(old) ? new : String(name.drop { $0 == " " })
    }.joined(separator: ", ")
  }
}
