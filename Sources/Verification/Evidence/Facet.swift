import Schema

/// One thing about an object that a migration can change and the catalog can show.
enum Facet: Hashable, Sendable {
  /// Whether it is there.
  case existence
  /// A column's type.
  case type
  /// Whether a column accepts NULL.
  case nullability
  /// A column's default or generation expression.
  case expression
  /// A function's body, byte for byte as the server keeps it.
  case body
  /// A function's language, volatility, and whether it runs with its owner's rights.
  case traits
  /// The settings that a function's calls run under (`search_path=public`).
  case settings
  /// The rest of what defines it, as a fingerprint.
  case definition
  /// One part of its definition, by the name that drift has for it (`firing`, `validation`): what an `ALTER` changes.
  case part(String)

  /// Whether two different values are surely two different things.
  ///
  /// Fingerprints of one definition may differ, since the server writes expressions in its own way; such a value proves
  /// something only where it is equal.
  var isExact: Bool {
    switch self {
    case .existence, .type, .nullability, .body, .traits: true
    case .expression, .settings, .definition, .part: false
    }
  }

  /// Its place among others where one of them must be named.
  var rank: Int {
    switch self {
    case .existence: 0
    case .type: 1
    case .nullability: 2
    case .expression: 3
    case .body: 4
    case .traits: 5
    case .settings: 6
    case .definition: 7
    case .part: 8
    }
  }
}

/// What a facet is, as the files or the catalog say.
enum FacetValue: Hashable, Sendable {
  /// The object is not there.
  case absent
  /// It is this.
  case value(String)
  /// It cannot be known.
  case unknown
  /// The role that runs the migrations, whose name only the catalog tells.
  case creator

  /// The value of ``Facet/existence`` for an object that is there.
  static let present = FacetValue.value("present")
}
