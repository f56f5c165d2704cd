/// What the files of a Prisma schema say, as they say it: nothing is looked up yet.
public struct PrismaDocument: Sendable, Hashable {
  /// The data sources and generators.
  public var configurations: [PrismaConfiguration] = []
  /// The models, views and composite types.
  public var models: [PrismaModel] = []
  /// The enumerations.
  public var enumerations: [PrismaEnumeration] = []

  /// An empty document.
  public init() {}

  /// Takes over what another file of the same schema says.
  mutating func append(_ other: PrismaDocument) {
    configurations += other.configurations
    models += other.models
    enumerations += other.enumerations
  }
}

/// A name and where it stands.
public struct PrismaName: Sendable, Hashable {
  /// The name.
  public var text: String
  /// Where it stands.
  public var location: PrismaLocation

  /// Makes a name from its parts.
  public init(_ text: String, at location: PrismaLocation) {
    self.text = text
    self.location = location
  }
}

/// A `datasource` or a `generator`.
public struct PrismaConfiguration: Sendable, Hashable {
  /// The two kinds.
  public enum Kind: String, Sendable, Hashable {
    case datasource
    case generator
  }

  /// Which it is.
  public var kind: Kind
  /// Its name.
  public var name: PrismaName
  /// Its settings, in order.
  public var properties: [PrismaProperty] = []
  /// Its documentation, line by line.
  public var documentation: [String] = []

  /// The value of a setting, if it is there.
  public func value(_ name: String) -> PrismaValue? { properties.last { $0.name.text == name }?.value }
}

/// A setting: `provider = "postgresql"`.
public struct PrismaProperty: Sendable, Hashable {
  /// Its name.
  public var name: PrismaName
  /// Its value.
  public var value: PrismaValue
}

/// A model, a view or a composite type.
public struct PrismaModel: Sendable, Hashable {
  /// The three kinds.
  public enum Kind: String, Sendable, Hashable {
    case model
    case view
    case type
  }

  /// Which it is.
  public var kind: Kind
  /// Its name.
  public var name: PrismaName
  /// Its fields, in order.
  public var fields: [PrismaField] = []
  /// Its own attributes (`@@index`), in order.
  public var attributes: [PrismaAttribute] = []
  /// Its documentation, line by line.
  public var documentation: [String] = []
}

/// A field of a model, a view or a composite type.
public struct PrismaField: Sendable, Hashable {
  /// How many values it has.
  public enum Arity: Sendable, Hashable {
    case required
    case optional
    case list
  }

  /// What it holds.
  public enum FieldType: Sendable, Hashable {
    /// A scalar type, an enumeration, a model or a composite type.
    case named(String)
    /// A type of the database that Prisma has no word for.
    case unsupported(String)
  }

  /// Its name.
  public var name: PrismaName
  /// What it holds.
  public var type: FieldType
  /// Where its type stands.
  public var typeLocation: PrismaLocation
  /// How many.
  public var arity: Arity
  /// Its attributes, in order.
  public var attributes: [PrismaAttribute] = []
  /// Its documentation, line by line.
  public var documentation: [String] = []
}

/// An enumeration.
public struct PrismaEnumeration: Sendable, Hashable {
  /// One of its values.
  public struct Value: Sendable, Hashable {
    /// Its name.
    public var name: PrismaName
    /// Its attributes.
    public var attributes: [PrismaAttribute] = []
    /// Its documentation, line by line.
    public var documentation: [String] = []
  }

  /// Its name.
  public var name: PrismaName
  /// Its values, in order.
  public var values: [Value] = []
  /// Its own attributes, in order.
  public var attributes: [PrismaAttribute] = []
  /// Its documentation, line by line.
  public var documentation: [String] = []
}

/// An attribute of a field (`@id`) or of a block (`@@map`).
public struct PrismaAttribute: Sendable, Hashable {
  /// Its name without the `@`, with dots (`db.VarChar`).
  public var name: PrismaName
  /// Its arguments, in order.
  public var arguments: [PrismaArgument] = []

  /// An argument by name, or else the one without a name at a place among those without.
  public func argument(_ name: String, or place: Int? = nil) -> PrismaValue? {
    if let named = arguments.first(where: { $0.name?.text == name }) { return named.value }
    let plain = arguments.filter { $0.name == nil }
    return place.flatMap { plain.indices.contains($0) ? plain[$0].value : nil }
  }
}

/// An argument of an attribute or a function.
public struct PrismaArgument: Sendable, Hashable {
  /// Its name, if it has one.
  public var name: PrismaName?
  /// Its value.
  public var value: PrismaValue
}

/// A value, and where it stands.
public struct PrismaValue: Sendable, Hashable {
  /// What it is.
  public indirect enum Kind: Sendable, Hashable {
    case string(String)
    /// A number, as it is written.
    case number(String)
    /// A name that stands for something: `true`, `SetNull`, a field, a path to one.
    case constant(String)
    /// A call, also of a field with options (`email(sort: Desc)`).
    case function(String, [PrismaArgument])
    case array([PrismaValue])
    /// `{ name: value }`.
    case object([PrismaProperty])
  }

  /// What it is.
  public var kind: Kind
  /// Where it begins.
  public var location: PrismaLocation

  /// The text of a string.
  public var string: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  /// The word of a constant.
  public var constant: String? {
    if case .constant(let word) = kind { word } else { nil }
  }

  /// The elements of an array; a single value is an array of one.
  public var elements: [PrismaValue] {
    if case .array(let elements) = kind { elements } else { [self] }
  }

  /// The value as it may be written.
  public var text: String {
    switch kind {
    case .string(let text): "\"\(text)\""
    case .number(let text), .constant(let text): text
    case .function(let name, let arguments):
      "\(name)(\(arguments.map { ($0.name.map { "\($0.text): " } ?? "") + $0.value.text }.joined(separator: ", ")))"
    case .array(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    case .object(let members):
      "{ \(members.map { "\($0.name.text): \($0.value.text)" }.joined(separator: ", ")) }"
    }
  }
}
