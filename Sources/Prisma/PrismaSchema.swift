import Schema

/// A Prisma schema: what its files say, and the database that it describes.
///
/// The language is that of the Prisma schema reference (versions 2 to 7); composite types, full-text indexes and lengths,
/// which PostgreSQL does not have, are read as well.
public struct PrismaSchema: Sendable {
  /// A file of a schema.
  public struct File: Sendable {
    /// What places in it are called by.
    public var name: String
    /// Its text.
    public var text: String

    /// Makes a file from its parts.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// What the files say.
  public let document: PrismaDocument
  /// The database that they describe.
  public let database: PrismaDatabase

  /// Reads the files of one schema; several are one, as Prisma takes those of a directory.
  ///
  /// - Throws: ``PrismaError`` with everything that is wrong.
  public init(_ files: [File]) throws(PrismaError) {
    var document = PrismaDocument()
    var problems: [PrismaProblem] = []
    for file in files {
      var parser = PrismaParser(file.text, file: file.name)
      document.append(parser.read())
      problems += parser.problems
    }
    let names = PrismaNames(document)
    problems += names.problems
    // What could not be read would seem to be missing.
    if problems.isEmpty { problems += PrismaCheck(document, names: names).problems }
    if problems.isEmpty {
      let source = DataSource(document, problems: &problems)
      guard let source, problems.isEmpty else { throw PrismaError(problems) }
      database = DatabaseMapping(document, names: names, source: source).database
    } else {
      throw PrismaError(problems)
    }
    self.document = document
  }
}

/// What a schema's data source says.
struct DataSource {
  /// Its name, which native types are written with.
  var name: String
  /// The schema of what names none.
  var defaultSchema: String
  /// The schemas that are listed; nil if there is no list.
  var schemas: [String]?
  /// Whether relations are foreign keys.
  var hasForeignKeys: Bool

  /// The data source of a document; nil, with the problem told, if it is none of PostgreSQL.
  init?(_ document: PrismaDocument, problems: inout [PrismaProblem]) {
    let sources = document.configurations.filter { $0.kind == .datasource }
    guard let source = sources.first else {
      problems.append(
        PrismaProblem(
          "there is no datasource", at: document.firstLocation,
          advice: "datasource db { provider = \"postgresql\" }"))
      return nil
    }
    for other in sources.dropFirst() {
      problems.append(PrismaProblem("there is a second datasource", at: other.name.location))
    }
    let provider = source.value("provider")
    guard let provider, ["postgresql", "postgres"].contains(provider.string) else {
      problems.append(
        PrismaProblem(
          provider.map { "the provider is \($0.text), not \"postgresql\"" }
            ?? "the datasource has no provider",
          at: provider?.location ?? source.name.location))
      return nil
    }
    name = source.name.text
    hasForeignKeys = source.value("relationMode")?.string != "prisma"
    let list = source.value("schemas")
    schemas = list.map { $0.elements.compactMap(\.string) }
    defaultSchema = Self.schema(in: source.value("url")?.string ?? "") ?? "public"
  }

  /// The parameter `schema` of a connection's address.
  private static func schema(in url: String) -> String? {
    guard let query = url.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
    let parameter = query.split(separator: "&").first { $0.hasPrefix("schema=") }
    return parameter.map { String($0.dropFirst("schema=".count)) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension PrismaDocument {
  /// Where the first thing stands.
  fileprivate var firstLocation: PrismaLocation {
    let places =
      configurations.map(\.name.location) + models.map(\.name.location) + enumerations.map(\.name.location)
    return places.min() ?? PrismaLocation(file: "schema.prisma", line: 1, column: 1)
  }
}
