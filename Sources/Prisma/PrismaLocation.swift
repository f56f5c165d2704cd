/// A place in a file of a Prisma schema, as editors count: line and column from 1, column in characters.
public struct PrismaLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The file, as whoever handed it in names it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in characters (Unicode scalars).
  public var column: Int

  /// Makes a place from its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }

  /// Orders by file, then by line and column.
  public static func < (left: PrismaLocation, right: PrismaLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// One thing that is wrong with a Prisma schema, and where.
public struct PrismaProblem: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in one sentence without the place.
  public var message: String
  /// Where it is.
  public var location: PrismaLocation
  /// What was probably meant, or what to write instead.
  public var advice: String?

  /// Makes a problem from its parts.
  public init(_ message: String, at location: PrismaLocation, advice: String? = nil) {
    self.message = message
    self.location = location
    self.advice = advice
  }

  /// `file:line:column: message`.
  public var description: String {
    "\(location): \(message)" + (advice.map { " (\($0))" } ?? "")
  }
}

/// Everything that is wrong with a Prisma schema.
public struct PrismaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problems, in the order of their places.
  public var problems: [PrismaProblem]

  /// Makes an error of problems.
  public init(_ problems: [PrismaProblem]) {
    self.problems = problems.sorted { $0.location < $1.location }
  }

  /// The problems, one a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
