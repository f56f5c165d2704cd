import Console
import Display
import Glibc
import Migrations

/// The themes that the console can choose from.
struct ThemeDirectory {
  /// The themes, the one to begin with first.
  let themes: [Theme]
  /// What could not be read.
  let problems: [Trouble]

  /// Reads the themes of the program's own directory and the operator's (`$XDG_CONFIG_HOME/signalbox/themes`).
  static func themes(first: String?, fileSystem: FileSystem = .local) -> ThemeDirectory {
    var themes = [Theme.standard]
    var problems: [Trouble] = []
    for directory in directories() {
      for name in ((try? fileSystem.list(directory)) ?? []).sorted() where name.hasSuffix(".toml") {
        let path = "\(directory)/\(name)"
        do {
          let text = String(decoding: try fileSystem.read(path), as: UTF8.self)
          themes.append(try Theme(parsing: text, file: path))
        } catch {
          problems.append(Trouble("\(error)"))
        }
      }
    }
    if let first {
      if let index = themes.firstIndex(where: { $0.name == first }) {
        themes.insert(themes.remove(at: index), at: 0)
      } else {
        let names = themes.map(\.name).joined(separator: ", ")
        problems.append(Trouble("there is no theme \"\(first)\"", advice: "the themes are: \(names)"))
      }
    }
    return ThemeDirectory(themes: themes, problems: problems)
  }

  private static func directories() -> [String] {
    var directories: [String] = []
    var path = SampleDirectory.executable()[...]
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      directories += ["\(path)/themes", "\(path)/share/signalbox/themes"]
    }
    let home = Environment.variable("HOME") ?? ""
    let configuration = Environment.variable("XDG_CONFIG_HOME") ?? "\(home)/.config"
    return directories + ["\(configuration)/signalbox/themes"]
  }
}
