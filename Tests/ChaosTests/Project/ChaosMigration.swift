/// A migration of the generated project, with the marks that its statements leave.
///
/// A mark is a row of a table without any uniqueness: what runs twice shows as two rows.
struct ChaosMigration: Sendable {
  var id: String
  var statements: [String]
  /// Whether it runs in one transaction; else statement by statement.
  var isSingle: Bool

  /// The file's text.
  var text: String { statements.map { $0 + ";\n" }.joined() }

  /// The statements that leave a mark, by their place from 0.
  var marks: [Int] { statements.indices.filter { statements[$0].hasPrefix(Self.markPrefix) } }

  static let markPrefix = "INSERT INTO public.mark "

  /// The statement that leaves the mark of a place.
  static func mark(_ id: String, _ place: Int) -> String {
    "\(markPrefix)(migration, place) VALUES ('\(id)', \(place))"
  }
}
