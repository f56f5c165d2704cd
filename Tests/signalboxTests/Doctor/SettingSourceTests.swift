import Glibc
import Postgres
import TestServer
import Testing

@Suite("Where the database is")
struct SettingSourceTests {
  private static let migration = ["001_a.sql": "CREATE TABLE a (x int);\n"]

  /// Settings of a finished `doctor --json` as `setting=value source`.
  private func sources(_ result: Program.Result) -> Set<String> {
    var found: Set<String> = []
    var setting = ""
    var value = ""
    for line in result.output.split(separator: "\n") {
      let parts = line.split(separator: "\"").map(String.init)
      guard parts.count >= 4 else { continue }
      switch parts[1] {
      case "setting": setting = parts[3]
      case "value": value = parts[3]
      case "source": found.insert("\(setting)=\(value) \(parts[3])")
      default: break
      }
    }
    return found
  }

  @Test("a file of variables beside the project, the local one before the other")
  func environmentFiles() async throws {
    try await TestServer.withDatabase { configuration in
      let project = TemporaryProject(Self.migration)
      let address = HelixDatabase(configuration: configuration).address
      project.write(".env", Array("DATABASE_URL='host=/nonexistent'\n".utf8))
      let wrong = try await Program.run("status", "--project", project.path)
      #expect(wrong.status == 3)
      project.write(".env.local", Array("# local\nDATABASE_URL='\(address)'\n".utf8))
      #expect(try await Program.run("status", "--project", project.path).status == 0)
      let doctor = try await Program.run("doctor", "--project", project.path)
      #expect(doctor.status == 0)
      #expect(doctor.output.contains("DATABASE_URL in \(project.path)/.env.local:2"))
      // The environment goes before files, libpq's own variables do as well.
      let other = try await Program.run(
        "status", "--project", project.path, environment: ["DATABASE_URL": "host=/nonexistent"])
      #expect(other.status == 3)
      let libpq = try await Program.run(
        "status", "--project", project.path, environment: ["PGHOST": "/nonexistent"])
      #expect(libpq.status == 3)
      let overridden = try await Program.run(
        "doctor", "--project", project.path, environment: ["DATABASE_URL": "host=/nonexistent"])
      #expect(overridden.output.contains("environment-file.overridden"))
    }
  }

  @Test("a target whose variable is in a file of variables")
  func target() async throws {
    try await TestServer.withDatabase { configuration in
      let project = TemporaryProject(Self.migration)
      project.write("signalbox.toml", Array("[target.staging]\nurl = \"$STAGING_URL\"\n".utf8))
      let missing = try await Program.run("doctor", "--project", project.path)
      #expect(missing.status == 2)
      #expect(missing.errors.contains("$STAGING_URL"))
      let address = HelixDatabase(configuration: configuration).address
      project.write(".env", Array("export STAGING_URL=\"\(address)\"\n".utf8))
      #expect(try await Program.run("status", "--project", project.path).status == 0)
    }
  }

  @Test("libpq's variables, its service file and its password file")
  func libpq() async throws {
    let project = TemporaryProject(Self.migration)
    project.write("services", Array("[staging]\nhost=127.0.0.1\nport=1\n".utf8))
    project.write("passwords", Array("127.0.0.1:1:app:me:secret\n".utf8))
    chmod(project.path + "/passwords", 0o600)
    let environment = [
      "PGSERVICEFILE": project.path + "/services", "PGPASSFILE": project.path + "/passwords", "PGUSER": "me",
    ]
    let found = try await Program.run(
      "doctor", "--json", "--project", project.path, "--database", "service=staging dbname=app",
      environment: environment)
    #expect(found.status == 3)
    let sources = sources(found)
    for expected in [
      "host=127.0.0.1 service-file", "port=1 service-file", "dbname=app flag", "user=me environment",
      "password=given password-file", "sslmode=prefer default",
    ] {
      #expect(sources.contains(expected), "\(expected) in \(sources)")
    }
    #expect(!found.output.contains("secret"))

    chmod(project.path + "/passwords", 0o644)
    let open = try await Program.run(
      "doctor", "--project", project.path, "--database", "service=staging dbname=app",
      environment: environment)
    #expect(open.output.contains("settings.password-file-ignored"))
    let missing = try await Program.run(
      "doctor", "--project", project.path, "--database", "service=nowhere", environment: environment)
    #expect(missing.status == 3)
    #expect(missing.output.contains("no service file has a service `nowhere` settings.service-missing"))
  }

  @Test("a file of variables that git keeps is warned about", .enabled(if: access("/usr/bin/git", X_OK) == 0))
  func committed() async throws {
    let project = TemporaryProject(Self.migration)
    project.write(".env", Array("SUPABASE_SERVICE_KEY=abc\n".utf8))
    func git(_ arguments: String...) async throws {
      let result = try await Program.run(path: "/usr/bin/git", ["-C", project.path] + arguments)
      #expect(result.status == 0)
    }
    try await git("init", "--quiet")
    let free = try await Program.run("doctor", "--project", project.path, "--database", "host=/nonexistent")
    #expect(!free.output.contains("environment-file.committed"))
    #expect(free.output.contains("not kept by git"))
    try await git("add", ".env")
    let kept = try await Program.run("doctor", "--project", project.path, "--database", "host=/nonexistent")
    #expect(kept.output.contains("with SUPABASE_SERVICE_KEY environment-file.committed"))
    #expect(kept.output.contains("git rm --cached"))
    #expect(!kept.output.contains("abc"))
  }

  @Test("works where there is no project")
  func withoutProject() async throws {
    let empty = TemporaryProject()
    let result = try await Program.run("doctor", "--project", empty.path, "--database", "host=/nonexistent")
    #expect(result.status == 3)
    #expect(result.output.contains("socket.missing"))
    #expect(result.errors.contains("without the project"))
  }
}
