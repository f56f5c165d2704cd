import TOML

/// The themes of some directories, each with what it inherits.
public struct ThemeLibrary: Sendable {
  /// The themes that can be shown, in the order of their files; of several with one name the last counts.
  public let themes: [Theme]
  /// What is wrong with the others.
  public let problems: [ThemeError]

  /// Puts themes together.
  ///
  /// A theme inherits from one of its own directory, else of a directory before it: a theme `dark` of the operator's own
  /// may so inherit from the `dark` that comes along.
  ///
  /// - Parameter directories: The files of each directory, those of the program first.
  public init(_ directories: [[ThemeSource]]) {
    var themes: [Theme] = []
    var problems: [ThemeError] = []
    for (place, sources) in directories.enumerated() {
      for source in sources {
        do throws(ThemeError) {
          let ancestors = try Self.ancestors(of: source, in: place, directories)
          themes.append(try Theme(source, over: ancestors))
        } catch {
          problems.append(error)
        }
      }
    }
    self.themes = themes
    self.problems = problems
  }

  /// Those that a theme inherits from, the most distant first.
  private static func ancestors(
    of source: ThemeSource, in place: Int, _ directories: [[ThemeSource]]
  ) throws(ThemeError) -> [ThemeSource] {
    var chain: [ThemeSource] = []
    var current = (source: source, place: place)
    while let parent = current.source.parent {
      guard let found = find(parent, from: current, directories) else {
        let names = directories.prefix(current.place + 1).joined().map(\.name)
        throw current.source.problem(
          "there is no theme `\(parent)` to inherit from",
          suggestion: NearestName.nearest(to: parent, among: names.filter { $0 != current.source.name }))
      }
      guard found.source.file != source.file, !chain.contains(where: { $0.file == found.source.file }) else {
        throw source.problem("the theme inherits from itself, by way of `\(current.source.name)`")
      }
      chain.insert(found.source, at: 0)
      current = found
    }
    return chain
  }

  private static func find(
    _ name: String, from current: (source: ThemeSource, place: Int), _ directories: [[ThemeSource]]
  ) -> (source: ThemeSource, place: Int)? {
    for place in (0...current.place).reversed() {
      if let source = directories[place].last(where: { $0.name == name && $0.file != current.source.file }) {
        return (source, place)
      }
    }
    return nil
  }
}

extension ThemeSource {
  fileprivate func problem(_ message: String, suggestion: String? = nil) -> ThemeError {
    let position = parentPosition ?? root.position
    return ThemeError([
      ThemeError.Problem(TOMLError(message, at: position, suggestion: suggestion), file: file)
    ])
  }
}
