import Testing

@testable import Migrations

@Suite("Several places of Flyway for one database")
struct FlywayLocationsTests {
  private func ids(_ files: [String: String]) throws -> [MigrationID] {
    try readProject(files).migrations.map(\.id)
  }

  @Test("the files of all places run in the order of their versions, folders below included")
  func order() throws {
    let project = try readProject([
      "flyway.conf": "flyway.locations=filesystem:a,filesystem:b\n",
      "a/V1__first.sql": "", "b/deep/V2__second.sql": "", "a/V3__third.sql": "", "b/R__view.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["V1__first", "V2__second", "V3__third", "R__view"])
    #expect(project.warnings.isEmpty)
  }

  @Test("a setting goes on behind a backslash at the end of its line")
  func continuedLine() throws {
    let found = try ids([
      "conf/flyway.conf": "flyway.locations = filesystem:sql/core, \\\n    filesystem:sql/more/\n",
      "sql/core/V1__a.sql": "", "sql/more/V1_1__b.sql": "",
    ])
    #expect(found == ["V1__a", "V1_1__b"])
  }

  @Test("stars stand for parts of names, two for any folders")
  func wildcards() throws {
    let files = [
      "db/x/migrations/V1__a.sql": "", "db/y/z/migrations/V2__b.sql": "", "db/x/other/V3__c.sql": "",
    ]
    let one = try ids(files.merging(["flyway.conf": "flyway.locations=filesystem:db/*/migrations"]) { $1 })
    #expect(one == ["V1__a"])
    let any = try ids(files.merging(["flyway.conf": "flyway.locations=filesystem:db/**/migr?tions"]) { $1 })
    #expect(any == ["V1__a", "V2__b"])
  }

  @Test("a place below another one gives its files once")
  func nested() throws {
    let found = try ids([
      "flyway.toml": "[flyway]\nlocations = ['filesystem:db', 'filesystem:./db/more', 'filesystem:db']",
      "db/V1__a.sql": "", "db/more/V2__b.sql": "",
    ])
    #expect(found == ["V1__a", "V2__b"])
  }

  @Test("a place that is not there is warned of, and the others are read")
  func missing() throws {
    let project = try readProject([
      "flyway.conf": "flyway.locations=filesystem:db,filesystem:gone", "db/V1__a.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["V1__a"])
    #expect(
      project.warnings.map(\.message) == ["the location `filesystem:gone` is not there and is left out"])
  }

  @Test(
    "Spring Boot's configuration names places too",
    arguments: [
      (
        "application.properties",
        "server.port=80\nspring.flyway.locations=classpath:db/common,classpath:db/{vendor}\n"
      ),
      (
        "application.yml",
        "server:\n  port: 80\nspring:\n  flyway:\n    # both\n    locations:\n      - classpath:db/common\n      - 'classpath:db/{vendor}'\n"
      ),
      (
        "application.yaml",
        "spring:\n  flyway:\n    enabled: true\n    locations: [\"classpath:db/common\", classpath:db/postgresql]\n---\nspring:\n  flyway:\n    locations: classpath:db/h2\n"
      ),
      ("application.yml", "spring.flyway.locations: classpath:db/common, classpath:db/{vendor} # all\n"),
    ])
  func spring(file: String, text: String) throws {
    let found = try ids([
      "src/main/resources/\(file)": text, "src/main/resources/db/common/V1__a.sql": "",
      "src/main/resources/db/postgresql/V2__b.sql": "", "src/main/resources/db/h2/V2__b.sql": "",
    ])
    #expect(found == ["V1__a", "V2__b"])
  }
}
