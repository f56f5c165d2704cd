import ArgumentParser
import Console
import Display
import JSON

/// The command `signalbox config`.
struct ConfigCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "The console's settings and keys, each with where it comes from.",
    discussion: """
      They are set in $XDG_CONFIG_HOME/signalbox/config.toml, else ~/.config/signalbox/config.toml. What is wrong with \
      the file is told with line and column, and is exit status 2.
      """)

  @Flag(help: "Print one JSON document instead of text.")
  var json = false

  func perform() async throws -> ExitStatus {
    var configuration = Configuration.read()
    configuration.problems += ThemeDirectory.themes(first: configuration.theme.content).problems
    let rows = Self.rows(of: configuration)
    if json {
      Output.standard(Self.document(configuration, rows).text)
    } else {
      Output.standard(Self.text(configuration, rows))
    }
    for problem in configuration.problems {
      Output.error(problem.advice.map { "\(problem.message): \($0)" } ?? problem.message)
    }
    return configuration.problems.isEmpty ? .done : .usage
  }

  struct Row: Sendable {
    var name: String
    var value: String
    var line: Int?
    var isKey = false
  }

  private static func rows(of configuration: Configuration) -> [Row] {
    func onOff(_ value: Configuration.Value<Bool>) -> String { value.content ? "true" : "false" }
    func seconds(_ value: Configuration.Value<Double>) -> String { "\(value.content)" }
    var rows = [
      Row(name: "theme", value: configuration.theme.content ?? "default", line: configuration.theme.line),
      Row(name: "mouse", value: onOff(configuration.mouse), line: configuration.mouse.line),
      Row(name: "reload", value: onOff(configuration.reload), line: configuration.reload.line),
      Row(
        name: "columns", value: configuration.columns.content.map(\.rawValue).joined(separator: " "),
        line: configuration.columns.line),
      Row(
        name: "lock-timeout", value: seconds(configuration.lockTimeout), line: configuration.lockTimeout.line
      ),
      Row(
        name: "read-timeout", value: seconds(configuration.readTimeout), line: configuration.readTimeout.line
      ),
    ]
    for name in KeyBindings.names {
      let keys = configuration.bindings.keys(of: name).map { $0.description }.joined(separator: " ")
      rows.append(Row(name: name, value: keys, line: configuration.boundLines[name], isKey: true))
    }
    return rows
  }

  private static func text(_ configuration: Configuration, _ rows: [Row]) -> String {
    let names = rows.map(\.name.count).max() ?? 0
    let values = rows.map(\.value.count).max() ?? 0
    var lines: [String] = [configuration.file]
    for isKey in [false, true] {
      lines.append("")
      if isKey { lines.append("[keys]") }
      for row in rows where row.isKey == isKey {
        let name = row.name + String(repeating: " ", count: names - row.name.count)
        let value = row.value + String(repeating: " ", count: values - row.value.count)
        lines.append("\(name)  \(value)  \(row.line.map { "line \($0)" } ?? "default")")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func document(_ configuration: Configuration, _ rows: [Row]) -> JSONValue {
    func value(_ row: Row) -> JSONValue {
      [
        "name": .string(row.name), "value": .string(row.value),
        "origin": .string(row.line == nil ? "default" : "file"), "line": .optional(row.line),
      ]
    }
    return [
      "file": .string(configuration.file),
      "settings": .array(rows.filter { !$0.isKey }.map(value)),
      "keys": .array(rows.filter(\.isKey).map(value)),
      "problems": .array(configuration.problems.map { .string($0.message) }),
    ]
  }
}
