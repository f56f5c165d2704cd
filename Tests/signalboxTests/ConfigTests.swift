import Testing

/// `signalbox config` and `signalbox console --script`, as an operator runs them.
@Suite("The console's configuration")
struct ConfigTests {
  @Test("every value is printed with where it comes from")
  func effective() async throws {
    let home = TemporaryProject([
      "signalbox/config.toml":
        "theme = \"dark\"\nlock-timeout = 2.5\ncolumns = [\"time\"]\n[keys]\napply = \"F5\"\n"
    ])
    let result = try await Program.run("config", environment: ["XDG_CONFIG_HOME": home.path])
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("theme dark line 1"))
    #expect(lines.contains("lock-timeout 2.5 line 2"))
    #expect(lines.contains("columns time line 3"))
    #expect(lines.contains("mouse false default"))
    #expect(lines.contains("apply F5 line 5"))
    #expect(lines.contains("plan p default"))
  }

  @Test("unknown keys, wrong values and conflicts are told with line and column, all at once")
  func problems() async throws {
    let home = TemporaryProject([
      "signalbox/config.toml": """
      themee = "dark"
      mouse = "yes"
      lock-timeout = -1
      columns = ["tiem"]
      [keys]
      aply = "F5"
      refresh = "q"
      theme = "hyper-x"
      """
    ])
    let result = try await Program.run("config", environment: ["XDG_CONFIG_HOME": home.path])
    #expect(result.status == 2)
    for expected in [
      "config.toml:1:1: ", "did you mean `theme`?", "config.toml:2:", "config.toml:3:",
      "config.toml:4:12: `tiem` is no column",
      "config.toml:6:1: ",
      "did you mean `apply`?", "config.toml:7:11: the key `q` is taken by “Quit”", "config.toml:8:",
    ] {
      #expect(result.errors.contains(expected), "\(expected) in \(result.errors)")
    }
  }

  @Test("a theme that is not there is told with those that are")
  func unknownTheme() async throws {
    let home = TemporaryProject(["signalbox/config.toml": "theme = \"darkest\"\n"])
    let result = try await Program.run("config", environment: ["XDG_CONFIG_HOME": home.path])
    #expect(result.status == 2)
    #expect(result.errors.contains("there is no theme \"darkest\": the themes are: "))
  }

  @Test("a script plays keys without a terminal, and keeps the screen")
  func script() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n", "002_b.sql": "SELECT 2;\n"])
    let script = TemporaryProject([
      "script": "# a tour\nwait 002_b\nwait no connection\nkeys down\nsize 80x24\ndump\nkeys q\n"
    ])
    let result = try await Program.run(
      "console", "--project", project.path, "--database", "postgresql://u@/d?host=/nonexistent", "--script",
      "\(script.path)/script")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("80×24\n"))
    #expect(result.output.contains("002_b"))
  }

  @Test("a step that cannot be read, and a text that is not there, name their line")
  func wrongScripts() async throws {
    let project = TemporaryProject(["001_a.sql": "SELECT 1;\n"])
    let script = TemporaryProject(["script": "wait 001_a\npress x\n"])
    let result = try await Program.run(
      "console", "--project", project.path, "--script", "\(script.path)/script")
    #expect(result.status == 2)
    #expect(result.errors.contains("script:2: `press x` is no step of a script"))
  }
}
