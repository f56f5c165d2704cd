/// The blocks of a schema by their names.
struct PrismaNames {
  private(set) var models: [String: PrismaModel] = [:]
  private(set) var enumerations: [String: PrismaEnumeration] = [:]
  /// Names that are there twice.
  private(set) var problems: [PrismaProblem] = []

  init(_ document: PrismaDocument) {
    var places: [String: PrismaLocation] = [:]
    func note(_ name: PrismaName, _ problems: inout [PrismaProblem]) {
      if ColumnTypes.scalars[name.text] != nil {
        problems.append(PrismaProblem("\"\(name.text)\" is the name of a scalar type", at: name.location))
      } else if let first = places[name.text] {
        problems.append(
          PrismaProblem("there is a second \"\(name.text)\"; the first is at \(first)", at: name.location))
      } else {
        places[name.text] = name.location
      }
    }
    for model in document.models {
      note(model.name, &problems)
      models[model.name.text] = models[model.name.text] ?? model
    }
    for enumeration in document.enumerations {
      note(enumeration.name, &problems)
      enumerations[enumeration.name.text] = enumerations[enumeration.name.text] ?? enumeration
    }
  }

  /// What a field is of.
  enum Target {
    case scalar(String)
    case enumeration(PrismaEnumeration)
    /// A model or a view.
    case model(PrismaModel)
    /// A composite type, which PostgreSQL's connector does not have.
    case composite(PrismaModel)
    /// A type of the database that Prisma has no word for.
    case unsupported(String)
  }

  /// What a field is of; nil if nothing has that name.
  func target(of field: PrismaField) -> Target? {
    switch field.type {
    case .unsupported(let type): return .unsupported(type)
    case .named(let name):
      if ColumnTypes.scalars[name] != nil { return .scalar(name) }
      if let enumeration = enumerations[name] { return .enumeration(enumeration) }
      guard let model = models[name] else { return nil }
      return model.kind == .type ? .composite(model) : .model(model)
    }
  }

  /// All names that a field may be of.
  var all: [String] {
    Array(ColumnTypes.scalars.keys) + Array(models.keys) + Array(enumerations.keys)
  }
}

/// Which name was probably meant.
enum Suggestion {
  /// The nearest of some names, if one differs by little; not the name itself.
  static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let limit = max(1, name.count / 3)
    let near = names.map { (distance(name.lowercased(), $0.lowercased()), $0) }.filter { $0.0 <= limit }
    return near.min { $0 < $1 }?.1
  }

  /// The sentence that asks for it.
  static func question(_ name: String, among names: some Sequence<String>) -> String? {
    nearest(to: name, among: names).map { "did you mean \"\($0)\"?" }
  }

  /// How many characters must change (Levenshtein).
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (place, character) in left.enumerated() {
      var previous = row[0]
      row[0] = place + 1
      for (other, candidate) in right.enumerated() {
        let kept = row[other + 1]
        row[other + 1] = min(row[other + 1] + 1, row[other] + 1, previous + (character == candidate ? 0 : 1))
        previous = kept
      }
    }
    return row[right.count]
  }
}
